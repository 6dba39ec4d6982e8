/** An empty ID3 tag: players skip it, and the file looks like a song. */
const song = 'ID3\x03\0\0\0\0\0\0'

const hls = (...lines: string[]) =>
  ['#EXTM3U', '#EXT-X-TARGETDURATION:10', ...lines, '#EXT-X-ENDLIST', ''].join('\n')

/** Files of text that players follow to what they name. */
export function namesElsewhere(target: string): string[] {
  const plain = [
    hls('#EXTINF:2,', target),
    hls(`#EXT-X-MAP:URI="${target}"`, '#EXTINF:2,', target),
    hls(`#EXT-X-KEY:METHOD=AES-128,URI="${target}"`, '#EXTINF:2,', target),
    hls('#EXT-X-STREAM-INF:BANDWIDTH=1', target),
    `ffconcat version 1.0\nfile '${target}'\n`,
    `<?xml version="1.0"?><MPD><Period><AdaptationSet><Representation><BaseURL>${target}</BaseURL></Representation></AdaptationSet></Period></MPD>`,
    `[playlist]\nFile1=${target}\nNumberOfEntries=1\n`,
    `<asx version="3.0"><entry><ref href="${target}"/></entry></asx>`,
    `<html><video src="${target}"></html>`,
    `v=0\nc=IN IP4 127.0.0.1\nm=audio 9 RTP/AVP 0\na=control:${target}\n`,
  ]
  return [...plain, ...plain.map((text) => song + text), ...plain.map((text) => `\uFEFF\n${text}`)]
}
