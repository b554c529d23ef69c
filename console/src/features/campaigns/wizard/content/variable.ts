/** Liquid knows no escape inside a string: a text with double quotes is put into single ones. */
export const toVariable = (field: string, instead: string): string => {
  const words = instead.trim()
  if (words === '') return `{{ contact.${field} }}`
  const quoted = words.includes('"') ? `'${words.replaceAll("'", '’')}'` : `"${words}"`
  return `{{ contact.${field} | default: ${quoted} }}`
}
