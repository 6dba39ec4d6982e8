import { resolve } from 'node:path'
import type { MediaConfig } from '../config.ts'
import { diskStore } from './disk-store.ts'
import type { ObjectStore } from './object-store.ts'
import { s3Store } from './s3-store.ts'

/** The store that the configuration names. Throws one line when it does not say enough. */
export function createStore(config: MediaConfig): ObjectStore {
  if (config.store === 'disk') return diskStore(resolve(config.folder))
  const { s3Bucket, s3Region, s3Endpoint, s3AccessKeyId, s3SecretAccessKey } = config
  if (!s3Bucket) throw new Error('CENOPIE_MEDIA_S3_BUCKET must be set where CENOPIE_MEDIA_STORE is s3')
  if (!s3AccessKeyId !== !s3SecretAccessKey)
    throw new Error('CENOPIE_MEDIA_S3_ACCESS_KEY_ID and …_S3_SECRET_ACCESS_KEY belong together')
  return s3Store({
    bucket: s3Bucket,
    region: s3Region,
    endpoint: s3Endpoint,
    credentials:
      s3AccessKeyId && s3SecretAccessKey
        ? { accessKeyId: s3AccessKeyId, secretAccessKey: s3SecretAccessKey }
        : undefined,
  })
}
