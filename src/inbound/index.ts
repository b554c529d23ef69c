export type { Refusal } from './refusal.ts'
export { type ReturnMail, receiveReturnMail } from './return-mail.ts'
