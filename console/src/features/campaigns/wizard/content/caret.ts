type Field = HTMLInputElement | HTMLTextAreaElement

/**
 * Writes at the caret. `execCommand` is the only way that keeps the browser's own undo; where it is gone the text still
 * lands.
 */
export const insertAtCaret = (field: Field | null, text: string): void => {
  if (field === null) return
  field.focus()
  if (document.execCommand('insertText', false, text)) return
  const [start, end] = [field.selectionStart ?? field.value.length, field.selectionEnd ?? field.value.length]
  field.setRangeText(text, start, end, 'end')
  field.dispatchEvent(new Event('input', { bubbles: true }))
}
