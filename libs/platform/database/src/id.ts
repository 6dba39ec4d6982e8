import { v7 } from 'uuid'

/** A UUIDv7 (RFC 9562): ids made by one process sort in the order they were made, so indexes stay dense. */
export function newId(): string {
  return v7()
}
