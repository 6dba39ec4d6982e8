/** The interview of the story: two questions, three criteria. */
export const template = {
  name: 'Backend engineer, first interview',
  description: 'Two written questions, about half an hour.',
  language: 'en',
  questions: [
    {
      prompt: 'Tell us about a time when a service you were responsible for became slow. What did you do?',
      guidance: 'What happened, what you did, what came of it.',
      maxCharacters: 4000,
      required: true,
      criteria: [
        {
          name: 'Diagnosis',
          description: 'Finds the cause before changing things.',
          indicators: [
            'measures latency before acting',
            'names the root cause',
            'verifies the fix with a test',
          ],
          weight: 2,
        },
        {
          name: 'Outcome',
          description: 'Reports what came of it, in figures.',
          indicators: ['measurable result', 'lesson learned', 'communicates with stakeholders'],
          weight: 1,
        },
      ],
    },
    {
      prompt: 'Describe a disagreement about a technical decision. How was it settled?',
      guidance: 'One example is enough.',
      maxCharacters: 4000,
      required: true,
      criteria: [
        {
          name: 'Collaboration',
          description: 'Settles disagreement by evidence and keeps the team together.',
          indicators: ['listens to the other side', 'compares alternatives', 'team agreed'],
          weight: 1,
        },
      ],
    },
  ],
}

/** What the candidate of the story answers, question by question. */
export const answers = [
  'In March 2024 our checkout service at Acme became slow during the spring sale: p95 latency rose from 200 ms to ' +
    '1.8 s. Before I changed anything I measured latency per endpoint with tracing. The root cause was an N+1 query, ' +
    'because a new feature loaded every discount separately. I wrote a load test that reproduced it, replaced the ' +
    'loop by one query and then verified the fix with the same test. As a result p95 fell to 180 ms and we saved ' +
    '12% of the database cost. The lesson I learned: we now run that load test in every release.',
  'Last year a colleague wanted to split our service in two and I wanted to keep it whole. We talked about it for a ' +
    'while. Then I built a small benchmark, and it showed that the split would add 40 ms to each request. In the end ' +
    'the team agreed to keep one service, and that was fine for everybody.',
]

/** An interview that is spoken: one question, with a minute to think. */
export const spokenTemplate = {
  name: 'Backend engineer, spoken interview',
  description: 'One recorded answer, about five minutes.',
  language: 'en',
  questions: template.questions.slice(1).map((question) => ({
    ...question,
    modes: ['video' as const, 'audio' as const],
    thinkSeconds: 60,
    maxSeconds: 120,
    retakes: 1,
  })),
  practice: {
    prompt: 'Tell us what you had for breakfast.',
    guidance: 'To try out your camera and microphone. Nobody at the company sees it.',
    modes: ['video' as const, 'audio' as const],
    maxSeconds: 30,
  },
}

/** What the candidate of that story says. */
export const spokenAnswer =
  'Two people on my team did not agree about the plan. I asked both of them to write down what they needed. We met the ' +
  'next day and talked about the problem, not about the people. I listened to both sides and we compared the two ' +
  'plans. In the end the team agreed to take the simple plan and both of them helped to build it.'
