import { invalidField } from '../../http/errors.ts'
import type { SendWindow } from './contract.ts'

/** @throws AppError 422: a window that is never open. */
export const checkWindows = (windows: readonly SendWindow[]): void => {
  const empty = windows.findIndex((window) => window.from === window.to)
  if (empty >= 0) throw invalidField(`/windows/${empty}/to`, 'out_of_range', 'must differ from `from`')
}
