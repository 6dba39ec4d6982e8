import { zodResponseFormat } from 'openai/helpers/zod'
import type { Analyst } from '../../domain/analyst.ts'
import { openAiClient } from '../../providers/openai-client.ts'
import type { AnalystConfig } from '../config.ts'
import { failureOf, refused } from './failure.ts'
import { messages, promptVersion, resultSchema } from './prompt.ts'
import { costOf, malformed, parseResult, settleScores, shorten } from './result.ts'

/**
 * Asks any endpoint that speaks OpenAI's chat completions with structured output. What comes back is untrusted: its
 * form is checked, scores are clamped to the criteria asked, and quotes are the caller's to verify.
 */
export function openAiCompatibleAnalyst(config: AnalystConfig): Analyst {
  if (!config.analystModel)
    throw new Error('analystModel: name the model that the openai-compatible analyst asks')
  const client = openAiClient({
    role: 'analyst',
    baseUrl: config.analystBaseUrl,
    apiKey: config.analystApiKey,
    timeoutSeconds: config.analystTimeoutSeconds,
  })
  const format = zodResponseFormat(resultSchema, 'interview_analysis')
  return {
    name: 'openai-compatible',
    model: config.analystModel,
    promptVersion,
    async analyse(input, { signal, idempotencyKey }) {
      const completion = await client.chat.completions
        .create(
          {
            model: config.analystModel,
            messages: messages(input),
            response_format: format,
            max_completion_tokens: config.analystMaxOutputTokens,
            // Only what is stored could be deleted later, by its id; so nothing is, and no id is kept.
            ...(config.analystAskNotToStore && { store: false }),
          },
          { signal, headers: { 'Idempotency-Key': idempotencyKey } },
        )
        .catch((error: unknown) => {
          signal.throwIfAborted()
          throw failureOf(error)
        })
      const choice = completion.choices?.[0]
      if (!choice) throw malformed('The provider answered without a choice.')
      if (choice.message.refusal || choice.finish_reason === 'content_filter') {
        throw refused('The model declined to assess this answer.')
      }
      if (choice.finish_reason === 'length')
        throw malformed('The analysis was cut off at its longest output.')
      const result = parseResult(choice.message.content ?? '')
      return {
        criteria: settleScores(input.criteria, result),
        summary: shorten(result.summary),
        ...(completion.usage ? { cost: costOf(completion.usage, config) } : {}),
      }
    },
  }
}
