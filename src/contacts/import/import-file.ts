import type { Deps } from '../../http/deps.ts'
import { AppError } from '../../http/errors.ts'
import { hasUpload, importPath } from './file-store.ts'

/** The stored file of an import. @throws 410 file_expired */
export const fileOf = async (deps: Deps, row: { storage_key: string | null }): Promise<string> => {
  const path = row.storage_key === null ? null : importPath(deps.config.dataDir, row.storage_key)
  if (path === null || !(await hasUpload(path))) throw new AppError('file_expired', 410)
  return path
}
