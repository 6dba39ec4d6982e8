import type { ProviderNotice } from '@cenopie/interviews-contract'

/** Something that heard or read answers of an interview. */
export type Reader = Pick<ProviderNotice, 'role' | 'name' | 'model'>

export interface ProviderSettings {
  analystAskNotToStore: boolean
  analystRetention: string
  transcriberRetention: string
}

/** These keep nothing, and nothing of it leaves the platform. */
const onThisMachine = new Set(['local', 'pocketsphinx'])

/** What is known of what providers keep. Transcriptions cannot be asked not to be stored: their endpoint has no such field. */
export function providerNotices(readers: readonly Reader[], settings: ProviderSettings): ProviderNotice[] {
  return readers
    .filter(({ name }) => !onThisMachine.has(name))
    .map((reader) =>
      reader.role === 'analyst'
        ? { ...reader, askedNotToStore: settings.analystAskNotToStore, retention: settings.analystRetention }
        : { ...reader, askedNotToStore: false, retention: settings.transcriberRetention },
    )
}
