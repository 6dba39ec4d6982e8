/** Of the size that events of the platform have. */
export const payload = {
  postingId: '0199f0a0-0000-7000-8000-000000000001',
  title: 'Backend engineer who measures before and after each change, and writes down what came of it',
}
