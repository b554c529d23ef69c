export { contactName, contactTitle } from './contact-name.ts'
