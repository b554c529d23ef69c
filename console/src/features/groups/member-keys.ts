import type { MemberKey } from '../../../../src/contacts/groups/contract.ts'

/** One key for each line: an address has an @, a number begins with + or holds only digits and separators. */
export const toMemberKey = (line: string): MemberKey => {
  if (line.includes('@')) return { email: line }
  if (/^\+?[\d\s()./-]{6,}$/.test(line)) return { phone: line }
  return { external_id: line }
}

export const readMemberLines = (text: string): readonly string[] =>
  [...new Set(text.split(/[\n;,]/).map((line) => line.trim()))].filter((line) => line !== '')
