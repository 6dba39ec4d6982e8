import { readFile } from 'node:fs/promises'
import { afterAll, expect, test } from 'vitest'
import { sniffVideo, sniffedBytes } from './sniff.ts'
import { clipFolder, tone } from './testing/clips.ts'

const clips = await clipFolder()
afterAll(() => clips[Symbol.asyncDispose]())

const head = async (path: string) => (await readFile(path)).subarray(0, sniffedBytes)

test.each([
  ['a.webm', 'webm', ['-c:a', 'libopus']],
  ['a.mkv', 'matroska', ['-c:a', 'libopus']],
  ['a.m4a', 'mp4', ['-c:a', 'aac']],
  ['a.mov', 'mov', ['-c:a', 'aac']],
  ['a.ogg', 'ogg', ['-c:a', 'libopus']],
  ['a.wav', 'wav', []],
  ['a.mp3', 'mp3', ['-id3v2_version', '3']],
  ['bare.mp3', 'mp3', ['-id3v2_version', '0', '-write_xing', '0']],
  ['low.mp3', 'mp3', ['-id3v2_version', '0', '-ar', '22050']],
  ['a.flac', 'flac', []],
  ['a.aac', 'aac', []],
] as const)('%s is known by its bytes as %s', async (name, container, codec) => {
  const clip = await clips.make(name, ...tone('d=0.3'), ...codec)
  expect(sniffVideo(await head(clip))?.name).toBe(container)
})

test.each([
  ['a web page', '<!doctype html><video src="http://example.org/a.mp4">'],
  ['a playlist', '#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n'],
  ['a list to concatenate', "ffconcat version 1.0\nfile '/etc/passwd'\n"],
  ['a DASH manifest', '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011">'],
  ['a session description', 'v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nm=audio 5004 RTP/AVP 0\n'],
  ['a text in UTF-16', Buffer.from('\ufeffhello, this is text and no sound', 'utf16le')],
  ['a HEIC picture', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1')],
  ['a WebP picture', Buffer.from('RIFF\x10\0\0\0WEBPVP8 ', 'latin1')],
  ['an EBML file of another kind', Buffer.from('1a45dfa3874282846d656f77ffffffff', 'hex')],
  ['one byte', 'x'],
  ['nothing', ''],
])('%s is no video', (_, content) => {
  expect(sniffVideo(Buffer.from(content as string))).toBeUndefined()
})
