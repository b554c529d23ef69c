export type Address = { readonly host: string; readonly port: number }

/** A socket on every interface is reached by the name the console itself is reached by. */
export const reachable = ({ host, port }: Address, own: string): Address => ({
  host: host === '0.0.0.0' || host === '::' ? own : host,
  port,
})

const authority = ({ host, port }: Address): string => `${host.includes(':') ? `[${host}]` : host}:${port}`

const curl = (address: Address): string => `curl smtp://${authority(address)} \\
  --mail-from shop@example.com --mail-rcpt ada@example.com \\
  --upload-file - <<'END'
From: Shop <shop@example.com>
To: Ada <ada@example.com>
Subject: It works

Hello Ada!
END`

const node = ({ host, port }: Address): string => `import { createTransport } from 'nodemailer'

await createTransport({ host: '${host}', port: ${port} }).sendMail({
  from: 'Shop <shop@example.com>',
  to: 'Ada <ada@example.com>',
  subject: 'It works',
  text: 'Hello Ada!',
})`

const python = ({ host, port }: Address): string => `import smtplib
from email.message import EmailMessage

mail = EmailMessage()
mail["From"] = "Shop <shop@example.com>"
mail["To"] = "Ada <ada@example.com>"
mail["Subject"] = "It works"
mail.set_content("Hello Ada!")
smtplib.SMTP("${host}", ${port}).send_message(mail)`

/** One per way of life; each runs as it stands. */
export const examples = [
  { id: 'curl', label: 'curl', write: curl },
  { id: 'node', label: 'Node.js', write: node },
  { id: 'python', label: 'Python', write: python },
] as const
