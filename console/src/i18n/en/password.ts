export const password = {
  rule: 'At least {needed} characters. Length is what makes a password strong: a short sentence of your own is good; spaces and any signs count.',
  count: '{count} of {needed} characters',
  enough: 'Long enough ({count} characters)',
} as const
