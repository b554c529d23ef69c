import type { QueryOf } from '../../http/contract.ts'
import { pageById } from '../../http/id-page.ts'
import { findRights } from '../../security/index.ts'
import { inCustomer, type StaffWork } from '../work.ts'
import type { listAccountUsers, OperatedUser } from './contract.ts'
import { listCustomerUsers } from './queries.ts'

/** People of a customer's account as staff need them to help: who they are, what guards them, what they may decide. */
export const listUsersOf = (work: StaffWork, id: string, query: QueryOf<typeof listAccountUsers>) =>
  inCustomer(work, id, async (trx) => {
    const page = await pageById(
      query,
      [id, query.q ?? null],
      work.now,
      (after, limit) => listCustomerUsers(trx, id, query.q, after, limit),
      (row) => row,
    )
    const data: OperatedUser[] = []
    for (const row of page.data) {
      const rights = await findRights(trx, id, row.id)
      data.push({
        id: row.id,
        login: row.login,
        email: row.email,
        first_name: row.first_name,
        last_name: row.last_name,
        status:
          row.status === 'active' && !row.sign_in_allowed
            ? 'disabled'
            : (row.status as OperatedUser['status']),
        roles: [...row.roles],
        administrator: rights?.administrator ?? false,
        factors: row.factors,
        last_sign_in_at: row.last_sign_in_at?.toISOString() ?? null,
        last_address: row.last_address,
      })
    }
    return { ...page, data }
  })
