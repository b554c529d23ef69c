/** Words of the letter that a new campaign begins with. */
export const starter = {
  subject: 'News from {sender}',
  hello: 'Hello',
  friend: 'there',
  intro:
    'here is the one thing we would like to tell you today. Keep it short: most people read three lines.',
  more: 'If you need more room, say it in a second paragraph and lead to a page with the rest.',
  button: 'Read more',
  greeting: 'Kind regards',
  news: 'Something new',
  why: 'You get this message because you are in touch with us.',
  unsubscribe: 'Unsubscribe',
} as const
