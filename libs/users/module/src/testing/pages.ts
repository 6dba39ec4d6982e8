/** The items of every page of a list. */
export async function allPages<T>(
  read: (window: {
    limit: number
    cursor?: string
  }) => Promise<{ items: T[]; nextCursor?: string | undefined }>,
  limit = 100,
): Promise<T[]> {
  const items: T[] = []
  let cursor: string | undefined
  do {
    const page = await read({ limit, ...(cursor !== undefined && { cursor }) })
    items.push(...page.items)
    cursor = page.nextCursor
  } while (cursor !== undefined)
  return items
}
