import type { Take } from '@cenopie/interviews-contract'

/** The same words on the page as it comes and in the program that keeps it up to date. */
export function takeText({ number, status, seconds, reason }: Take): string {
  const take = `Recording ${number}`
  switch (status) {
    case 'begun':
      return `${take}: begun, has not arrived yet.`
    case 'uploaded':
      return `${take}: has arrived and is being processed. You need not wait for that.`
    case 'ready':
      return `${take}: ready${seconds === undefined ? '' : `, ${spokenTime(Math.round(seconds))} long`}.`
    case 'failed':
      return `${take}: failed. ${reason ?? ''} It does not count as a try.`
    case 'erased':
      return `${take}: removed.`
  }
}

export function takesLeftText(takesLeft: number): string {
  if (takesLeft === 0) return 'You have no more tries.'
  return takesLeft === 1
    ? 'You have one try.'
    : `You have ${takesLeft} tries; the last one that arrives counts.`
}

/** `1 minute 30 seconds`. */
export function spokenTime(seconds: number): string {
  const whole = Math.max(0, seconds)
  const parts = [counted(Math.floor(whole / 60), 'minute'), counted(whole % 60, 'second')]
  return parts.filter((part) => part !== undefined).join(' ') || '0 seconds'
}

function counted(count: number, unit: string): string | undefined {
  return count === 0 ? undefined : `${count} ${unit}${count === 1 ? '' : 's'}`
}
