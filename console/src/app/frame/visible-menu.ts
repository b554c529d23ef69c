import { useMay, useSession } from '../../lib/session.ts'
import { type MenuSection, visibleMenu } from '../menu.ts'

export const useVisibleMenu = (): readonly MenuSection[] => {
  const { account } = useSession()
  return visibleMenu({ may: useMay(), kind: account.kind })
}
