import { useMay } from './session.ts'

/** Whether e-mail and phone of contacts come whole; else the server masks them. */
export const useSeesPersonalData = (): boolean => useMay()('contacts.personal_data.view')
