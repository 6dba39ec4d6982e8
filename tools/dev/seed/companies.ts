import { elena, jonas, maya, samir, type Account } from './people.ts'

export interface Posting {
  title: string
  description: string
  location: string
  workplace: 'onsite' | 'hybrid' | 'remote'
  employment: 'full-time' | 'part-time' | 'contract' | 'internship'
  skills: string[]
  pay?: { currency: string; min: number; max: number; period: 'month' | 'year' }
  /** Interviewed with the company's template. */
  interview?: true
  /** Left as a draft. */
  draft?: true
}

export interface Company {
  name: string
  owner: Account
  recruiter: Account
  postings: Posting[]
}

const euros = (min: number, max: number) => ({ currency: 'EUR', min, max, period: 'year' as const })

export const companies: Company[] = [
  {
    name: 'Northwind Robotics',
    owner: maya,
    recruiter: jonas,
    postings: [
      {
        title: 'Backend engineer, fleet services',
        description:
          'Our carts report where they are five times a second. You build the services that make sense of it.\n\n' +
          'You will own two services from design to pager, with a team of six.',
        location: 'Berlin, Germany',
        workplace: 'hybrid',
        employment: 'full-time',
        skills: ['TypeScript', 'PostgreSQL', 'Redis'],
        pay: euros(68_000, 88_000),
        interview: true,
      },
      {
        title: 'Motion planning engineer',
        description:
          'Plan paths for forty carts in one hall so that none waits for another.\n\nC++ and real hardware.',
        location: 'Hamburg, Germany',
        workplace: 'onsite',
        employment: 'full-time',
        skills: ['C++', 'ROS 2', 'Motion planning'],
        pay: euros(72_000, 95_000),
      },
      {
        title: 'Field service technician',
        description:
          'You keep our carts moving at customers in northern Germany. A car and its tools are yours to use.',
        location: 'Bremen, Germany',
        workplace: 'onsite',
        employment: 'full-time',
        skills: ['Electronics', 'Customer service'],
        pay: { currency: 'EUR', min: 3_400, max: 4_200, period: 'month' },
      },
      {
        title: 'Working student, simulation',
        description: 'Build halls and traffic in our simulator, twenty hours a week at most.',
        location: 'Berlin, Germany',
        workplace: 'hybrid',
        employment: 'internship',
        skills: ['Python', 'Simulation'],
      },
    ],
  },
  {
    name: 'Harbour Health',
    owner: elena,
    recruiter: samir,
    postings: [
      {
        title: 'Clinical data analyst',
        description:
          'You turn what emergency wards record into answers their heads of nursing ask for.\n\n' +
          'Experience on a ward counts as much as SQL.',
        location: 'Remote, Europe',
        workplace: 'remote',
        employment: 'full-time',
        skills: ['SQL', 'HL7 FHIR'],
        pay: euros(52_000, 66_000),
      },
      {
        title: 'Product designer, medication safety',
        description: 'Design the screens that a nurse sees at three in the morning.',
        location: 'Rotterdam, Netherlands',
        workplace: 'hybrid',
        employment: 'full-time',
        skills: ['Interaction design', 'User research', 'Accessibility'],
        pay: euros(58_000, 74_000),
      },
      {
        title: 'Security engineer, part-time',
        description: 'Threat models, reviews, and the occasional evening with our incident handbook.',
        location: 'Remote, Europe',
        workplace: 'remote',
        employment: 'part-time',
        skills: ['Threat modelling', 'Incident response'],
      },
      {
        title: 'Head of implementation',
        description: 'Not public yet: budget is decided in December.',
        location: 'Rotterdam, Netherlands',
        workplace: 'hybrid',
        employment: 'full-time',
        skills: ['Project management'],
        draft: true,
      },
    ],
  },
]

export const template = {
  name: 'Engineering, first interview',
  description: 'Two written questions, about half an hour.',
  language: 'en',
  questions: [
    {
      prompt: 'Tell us about a service you were responsible for that failed or became slow. What did you do?',
      guidance: 'What happened, what you did, what came of it.',
      maxCharacters: 4000,
      required: true,
      criteria: [
        {
          name: 'Diagnosis',
          description: 'Finds the cause before changing things.',
          indicators: ['measured', 'root cause', 'reproduced', 'tracing', 'verified the fix'],
          weight: 2,
        },
        {
          name: 'Outcome',
          description: 'Reports what came of it, in figures.',
          indicators: ['as a result', 'reduced', 'saved', 'lesson learned'],
          weight: 1,
        },
      ],
    },
    {
      prompt: 'Describe a technical disagreement you were part of. How was it settled?',
      guidance: 'One example is enough.',
      maxCharacters: 4000,
      required: true,
      criteria: [
        {
          name: 'Collaboration',
          description: 'Settles disagreement by evidence and keeps the team together.',
          indicators: ['listened', 'alternatives', 'experiment', 'agreed', 'compromise'],
          weight: 1,
        },
      ],
    },
  ],
}
