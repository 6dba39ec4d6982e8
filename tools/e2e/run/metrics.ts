export interface Sample {
  labels: Record<string, string>
  value: number
}

/** The samples of one metric of a process, as it tells Prometheus. */
export async function samples(url: string, metric: string): Promise<Sample[]> {
  const response = await fetch(`${url}/metrics`)
  if (!response.ok) throw new Error(`${url}/metrics answered ${response.status}`)
  return samplesIn(await response.text(), metric)
}

export function samplesIn(text: string, metric: string): Sample[] {
  const lines = text.split('\n').filter((line) => line.startsWith(`${metric}{`))
  return lines.map((line) => {
    const end = line.lastIndexOf('}')
    const labels = line.slice(metric.length + 1, end).matchAll(/(\w+)="([^"]*)"/g)
    return {
      labels: Object.fromEntries([...labels].map(([, name, value]) => [name as string, value as string])),
      value: Number(line.slice(end + 1)),
    }
  })
}
