export const security = {
  title: 'Security',
  purpose: 'Who may sign in to this account, from where, and with what proof.',
  glance: 'How well this account is guarded',
  'shield-all': 'How it is guarded',
  'glance-unknown': 'How well this account is guarded cannot be said right now.',
  'level-strong': 'This account is well guarded',
  'level-fair': 'This account is guarded, but one lock is missing',
  'level-weak': 'A password alone opens this account',
  'addresses-done': 'Sign-in is possible from listed networks only.',
  'addresses-open': 'Sign-in is possible from anywhere.',
  'addresses-act': 'List your networks',
  'factors-done': 'Everybody confirms the sign-in with a second factor.',
  'factors-open':
    '{with, number} of {users, plural, one {# person} other {# people}} confirm the sign-in with a second factor.',
  'factors-act': 'Ask for a second factor',
  'pending-done': 'The list of addresses is confirmed.',
  'pending-open': 'A narrowed list of addresses waits to be confirmed.',
  'pending-act': 'Confirm it',
  'codes-done':
    'You hold {left, plural, one {# break-glass code} other {# break-glass codes}}, should you ever be outside the list.',
  'codes-open': 'You hold no break-glass codes: outside the list you would depend on the operator.',
  'codes-act': 'Make break-glass codes',
} as const
