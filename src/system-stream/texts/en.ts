import type { StreamTexts } from './text.ts'

const ifNotYou = 'If this was not you, change your password and tell the administrator of your account.'

export const english: StreamTexts = {
  code: 'Your code',
  time: 'Time',
  address: 'Network address',
  browser: 'Browser',
  unresolved: 'unknown',
  neverTell: 'Type it in yourself and tell it to nobody: nobody of ours will ever ask for it.',
  notMe:
    'Was this not you? Then somebody else knows your password or is trying it. This link stops the sign-in, makes the present password useless and sends you a link to choose a new one:',
  notMeButton: 'That was not me',
  footer: 'Sent by Campanile at {host}. Nobody reads replies to this message.',
  changes: {
    on: 'A second step at sign-in was switched on.',
    off: 'The second step at sign-in was switched off.',
    changed: 'The way of the second step at sign-in was changed.',
    reset: 'The second step at sign-in was reset. It has to be set up anew.',
    policy: 'The rules of the account for the second step at sign-in were changed.',
  },
  states: {
    off: 'The list is now off: sign-in is possible from anywhere.',
    report: 'The list now only counts whom it would refuse: sign-in is possible from anywhere.',
    enforce: 'The list is now enforced: sign-in is possible from its addresses only.',
  },
  sms: {
    code: '{code} is your Campanile code ({time}, {address}, {browser}). Tell it to nobody.',
    notMe: 'Not you?',
    notice: 'Campanile: {subject}.',
  },
  kinds: {
    activation: {
      subject: 'Activate your account',
      lines: [
        'An account was opened for this address. Choose a password to activate it.',
        'The link works once, for 24 hours. If you did not ask for an account, do nothing.',
      ],
      button: 'Activate the account',
    },
    invitation: {
      subject: 'You are invited to Campanile',
      lines: [
        'An administrator invited you to work in an account. The page behind the link shows which one.',
        'The link works once, for 72 hours. If you did not expect an invitation, do nothing.',
      ],
      button: 'See the invitation',
    },
    sign_up_existing: {
      subject: 'You already have an account',
      lines: [
        'Somebody asked for a new account with this address, but it already has one. Nothing was changed.',
        'If it was you, sign in; a forgotten password can be replaced on the sign-in page.',
      ],
      button: 'Go to the sign-in page',
    },
    sign_in_code: { subject: 'Your sign-in code', lines: ['Somebody is signing in with your password.'] },
    step_up_code: {
      subject: 'Your confirmation code',
      lines: ['You are asked to confirm that it is you before a security setting is changed.'],
    },
    enrolment_link: {
      subject: 'Set up the second step of your sign-in',
      lines: [
        'Your account asks for a second step at sign-in. Sign in with your password; this link then proves that you also hold this mailbox.',
        'The link works once, for 24 hours.',
      ],
      button: 'Set up the second step',
    },
    enrolment_code: {
      subject: 'Your code to set up the second step',
      lines: ['You are setting up a second step for your sign-in.'],
    },
    email_change_confirm: {
      subject: 'Confirm your new e-mail address',
      lines: [
        'This address is to become the address of a user. It takes effect once it is confirmed.',
        'If you did not ask for it, do nothing.',
      ],
      button: 'Confirm this address',
    },
    email_changed_undo: {
      subject: 'Your e-mail address was changed',
      lines: [
        'From now on messages and codes go to another address.',
        'If this was not you: this link brings the old address back and ends all sessions. It works for 7 days.',
      ],
      button: 'Undo the change',
    },
    email_taken: {
      subject: 'Somebody tried to use your e-mail address',
      lines: [
        'Somebody entered this address for another user. It stays yours, and nothing was changed.',
        'If it was you, choose another login there.',
      ],
    },
    phone_code: {
      subject: 'Your code for the new number',
      lines: ['This number is to become the number of a user.'],
    },
    phone_changed: {
      subject: 'Your mobile number was changed',
      lines: ['New number: {destination}', ifNotYou],
    },
    password_reset: {
      subject: 'Choose a new password',
      lines: [
        'Somebody asked for a new password for your login. Nothing is changed until you choose one.',
        'The link works once, for 30 minutes. If it was not you, do nothing.',
      ],
      button: 'Choose a new password',
    },
    password_changed: {
      subject: 'Your password was changed',
      lines: ['All other sessions were ended.', ifNotYou],
    },
    password_known: {
      subject: 'Somebody knows your password',
      lines: [
        'Your password was entered rightly, then a wrong code five times. The sign-in was stopped.',
        'If this was not you, change your password now.',
      ],
    },
    not_me_done: {
      subject: 'A sign-in was reported and stopped',
      lines: [
        'User: {about}',
        'The person said that a sign-in was not their own. Open sign-ins were ended and the password no longer works; a link to choose a new one went to the person.',
      ],
    },
    new_device: { subject: 'Sign-in from a new device', lines: [ifNotYou] },
    blocked_network: {
      subject: 'A sign-in from another network was refused',
      lines: [
        'The password was right, but this network is not on the list of the account.',
        'If it was you, sign in from a permitted network. If not, change your password: somebody knows it.',
      ],
    },
    session_elsewhere: {
      subject: 'Your session was used from another network',
      lines: [
        'An open session was used from a network that is not on the list of the account. It was refused.',
        ifNotYou,
      ],
    },
    session_dropped: {
      subject: 'Your oldest session was ended',
      lines: ['You were signed in at too many places at once, so the oldest session was ended.', ifNotYou],
    },
    mfa_changed: {
      subject: 'The second step at sign-in was changed',
      lines: ['User: {about}', '{change}', ifNotYou],
    },
    mfa_reset_requested: {
      subject: 'A second step is going to be reset',
      lines: [
        'User: {about}',
        'Two people agreed to reset the second step of this user’s sign-in. It happens at {executesAt}.',
        'Until then this link stops it.',
      ],
      button: 'Stop the reset',
    },
    mfa_reset_link: {
      subject: 'Your second step was reset',
      lines: [
        'The second step of your sign-in was removed. Sign in with your password and set it up anew with this link.',
        'The link works once, for 24 hours.',
      ],
      button: 'Set up the second step',
    },
    recovery_used: {
      subject: 'A recovery code was used',
      lines: ['Recovery codes left: {left}', ifNotYou],
    },
    recovery_low: {
      subject: 'Few recovery codes are left',
      lines: ['Recovery codes left: {left}', 'Make a new set under My profile, Sign-in.'],
    },
    passkey_added: { subject: 'A passkey was added', lines: [ifNotYou] },
    passkey_removed: { subject: 'A passkey was removed', lines: [ifNotYou] },
    role_raised: {
      subject: 'Your rights were widened',
      lines: ['User: {about}', 'An administrator gave more rights. They hold from the next sign-in on.'],
    },
    api_key_created: {
      subject: 'An API key was created',
      lines: ['Key: {prefix}', 'If nobody of yours did this, revoke the key under Account, Settings, API.'],
    },
    api_key_suspending: {
      subject: 'An API key is about to stop working',
      lines: [
        'Key: {prefix}',
        'Whoever made it can no longer sign in. It works until {until}; replace it before.',
      ],
    },
    ip_list_changed: {
      subject: 'The list of permitted addresses was changed',
      lines: ['Added: {added}', 'Removed: {removed}', '{state}', ifNotYou],
    },
    ip_rollback: {
      subject: 'The list of permitted addresses was brought back',
      lines: [
        'A change was not confirmed within 10 minutes, so the last confirmed list holds again.',
        'Added: {added}',
        'Removed: {removed}',
      ],
    },
    ip_expiring: {
      subject: 'A permitted address expires soon',
      lines: [
        'The entries that let you in expire at {expiresAt}. Renew them under Account, Settings, Security.',
      ],
    },
    break_glass_used: {
      subject: 'An emergency access was opened',
      lines: ['User: {about}', 'It bypasses the list of permitted addresses until {expiresAt}.', ifNotYou],
    },
    entitlement_withdrawn: {
      subject: 'A feature was withdrawn from your account',
      lines: [
        'Feature: {key}',
        'Settings are frozen; what protects the sign-in stays in force. Your service team can tell you more.',
      ],
    },
    sender_confirm: {
      subject: 'Confirm your sender address',
      lines: [
        'Somebody wants to send messages from this address with Campanile. Confirm that the mailbox is yours to use.',
        'The link works once, for 48 hours. If you know nothing of it, do nothing.',
      ],
      button: 'Confirm the address',
    },
    sender_domain_broken: {
      subject: 'A sender domain is no longer authorized',
      lines: [
        'Records that the domain {domain} needs are no longer found right in its zone.',
        'Campaigns from it wait; messages of the API go on for 72 hours. The page of the domain shows what is missing.',
      ],
    },
    accounting_mismatch: {
      subject: 'A campaign was stopped: its account does not balance',
      lines: [
        'The number of people of the campaign “{campaign}” and the number of its messages differ, so the program stopped sending it.',
        'Its progress page lists who is missing and who is too many. It can go on when both sides agree.',
      ],
    },
    sender_domain_records: {
      subject: 'DNS records to publish for a domain',
      lines: [
        'The domain {domain} is to be used for sending with Campanile. Please publish these records in its zone, with a TTL of 3600 seconds. Host names are written without a final dot.',
        '{records}',
        'If the domain already has an SPF record, the one above replaces it: there may be only one.',
      ],
    },
    webhook_disabled: {
      subject: 'A webhook was switched off',
      lines: ['It did not answer for three days. See Account, Settings, Webhooks.'],
    },
  },
}
