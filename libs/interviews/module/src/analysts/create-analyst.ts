import type { Analyst } from '../domain/analyst.ts'
import type { AnalystConfig } from './config.ts'

/**
 * The analyst that the configuration names, with only its own libraries loaded (tens of megabytes each).
 * Rejects, at boot, when the configuration lacks what that analyst needs.
 */
export async function createAnalyst(config: AnalystConfig): Promise<Analyst> {
  if (config.analyst === 'local') return (await import('./local/index.ts')).localAnalyst()
  return (await import('./openai-compatible/index.ts')).openAiCompatibleAnalyst(config)
}
