/** Of every demo account. They exist on developers' machines alone. */
export const password = 'cenopie demo'

export interface Account {
  name: string
  email: string
}

const account = (name: string): Account => ({
  name,
  email: `${name.split(' ')[0]!.toLowerCase()}@example.com`,
})

export const maya = account('Maya Okafor')
export const jonas = account('Jonas Weber')
export const elena = account('Elena Rossi')
export const samir = account('Samir Patel')

export interface Candidate extends Account {
  headline: string
  location: string
  about: string
  openToWork: boolean
  skills: string[]
  experience: { title: string; organization: string; start: string; end?: string; description?: string }[]
  education: { school: string; degree: string; field: string; end: string }[]
  languages: { language: string; proficiency: 'limited' | 'professional' | 'full' | 'native' }[]
}

export const candidates: Candidate[] = [
  {
    ...account('Aiko Tanaka'),
    headline: 'Backend engineer who likes slow queries',
    location: 'Berlin, Germany',
    about:
      'Eight years of services that other people depend on. I measure first and write down what I found.',
    openToWork: true,
    skills: ['TypeScript', 'PostgreSQL', 'Redis', 'Observability'],
    experience: [
      {
        title: 'Senior backend engineer',
        organization: 'Lieferando',
        start: '2021-05',
        description: 'Order routing: 900 requests per second, p99 from 2.1 s to 340 ms.',
      },
      { title: 'Backend engineer', organization: 'Zalando', start: '2017-09', end: '2021-04' },
    ],
    education: [{ school: 'TU Berlin', degree: 'MSc', field: 'Computer science', end: '2017-08' }],
    languages: [
      { language: 'ja', proficiency: 'native' },
      { language: 'en', proficiency: 'full' },
      { language: 'de', proficiency: 'professional' },
    ],
  },
  {
    ...account('Daniel Mensah'),
    headline: 'Robotics engineer, motion planning',
    location: 'Hamburg, Germany',
    about: 'I bring arms and carts to where they should be, without touching anything on the way.',
    openToWork: true,
    skills: ['C++', 'ROS 2', 'Motion planning', 'Python'],
    experience: [
      { title: 'Robotics engineer', organization: 'Jungheinrich', start: '2019-02' },
      { title: 'Working student', organization: 'Fraunhofer IML', start: '2017-10', end: '2019-01' },
    ],
    education: [{ school: 'TU Hamburg', degree: 'MSc', field: 'Mechatronics', end: '2019-01' }],
    languages: [
      { language: 'en', proficiency: 'native' },
      { language: 'de', proficiency: 'full' },
    ],
  },
  {
    ...account('Lucía Fernández'),
    email: 'lucia@example.com',
    headline: 'Product designer for clinical software',
    location: 'Valencia, Spain',
    about: 'Ten minutes on a ward teach more than ten workshops.',
    openToWork: false,
    skills: ['Interaction design', 'User research', 'Accessibility', 'Figma'],
    experience: [{ title: 'Product designer', organization: 'Doctoralia', start: '2018-06' }],
    education: [{ school: 'UPV', degree: 'BA', field: 'Industrial design', end: '2018-05' }],
    languages: [
      { language: 'es', proficiency: 'native' },
      { language: 'en', proficiency: 'professional' },
    ],
  },
  {
    ...account('Noah Lindqvist'),
    headline: 'Registered nurse moving into clinical data',
    location: 'Gothenburg, Sweden',
    about: 'Six years on an emergency ward, two of them building its dashboards in the evenings.',
    openToWork: true,
    skills: ['SQL', 'HL7 FHIR', 'Emergency care', 'Python'],
    experience: [{ title: 'Registered nurse', organization: 'Sahlgrenska', start: '2019-08' }],
    education: [{ school: 'Göteborgs universitet', degree: 'BSc', field: 'Nursing', end: '2019-06' }],
    languages: [
      { language: 'sv', proficiency: 'native' },
      { language: 'en', proficiency: 'full' },
    ],
  },
]
