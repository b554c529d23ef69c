import type { SealedColumn } from '../db/sealed-columns.ts'
import { challengeDestination } from './challenges/open.ts'
import { sealedPassword } from './passwords/sealed-password.ts'
import { strangerRequest } from './strangers/request.ts'

export const sealedSecurityColumns: readonly SealedColumn[] = [
  sealedPassword,
  challengeDestination,
  strangerRequest,
]
