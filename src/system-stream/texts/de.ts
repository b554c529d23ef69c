import type { StreamTexts } from './text.ts'

const ifNotYou =
  'Waren Sie das nicht, ändern Sie Ihr Passwort und benachrichtigen Sie die Verwaltung Ihres Kontos.'

export const german: StreamTexts = {
  code: 'Ihr Code',
  time: 'Zeit',
  address: 'Netzadresse',
  browser: 'Browser',
  unresolved: 'unbekannt',
  neverTell: 'Geben Sie ihn selbst ein und niemandem weiter: Von uns fragt nie jemand danach.',
  notMe:
    'Waren Sie das nicht? Dann kennt jemand anderes Ihr Passwort oder probiert es aus. Dieser Link beendet die Anmeldung, macht das jetzige Passwort unbrauchbar und schickt Ihnen einen Link für ein neues:',
  notMeButton: 'Das war nicht ich',
  footer: 'Gesendet von Campanile unter {host}. Antworten auf diese Nachricht liest niemand.',
  changes: {
    on: 'Ein zweiter Schritt bei der Anmeldung wurde eingeschaltet.',
    off: 'Der zweite Schritt bei der Anmeldung wurde ausgeschaltet.',
    changed: 'Die Art des zweiten Schritts bei der Anmeldung wurde geändert.',
    reset: 'Der zweite Schritt bei der Anmeldung wurde zurückgesetzt. Er muss neu eingerichtet werden.',
    policy: 'Die Regeln des Kontos für den zweiten Schritt bei der Anmeldung wurden geändert.',
  },
  states: {
    off: 'Die Liste ist jetzt aus: Die Anmeldung ist von überall möglich.',
    report: 'Die Liste zählt jetzt nur, wen sie abweisen würde: Die Anmeldung ist von überall möglich.',
    enforce: 'Die Liste gilt jetzt: Die Anmeldung ist nur von ihren Adressen möglich.',
  },
  sms: {
    code: '{code} ist Ihr Campanile-Code ({time}, {address}, {browser}). Niemandem weitergeben.',
    notMe: 'Nicht Sie?',
    notice: 'Campanile: {subject}.',
  },
  kinds: {
    activation: {
      subject: 'Aktivieren Sie Ihr Konto',
      lines: [
        'Für diese Adresse wurde ein Konto eröffnet. Wählen Sie ein Passwort, um es zu aktivieren.',
        'Der Link gilt einmal, 24 Stunden lang. Haben Sie kein Konto gewünscht, tun Sie nichts.',
      ],
      button: 'Konto aktivieren',
    },
    invitation: {
      subject: 'Sie sind zu Campanile eingeladen',
      lines: [
        'Eine Verwalterin oder ein Verwalter lädt Sie zur Arbeit in einem Konto ein. Die Seite hinter dem Link zeigt, in welchem.',
        'Der Link gilt einmal, 72 Stunden lang. Erwarten Sie keine Einladung, tun Sie nichts.',
      ],
      button: 'Einladung ansehen',
    },
    sign_up_existing: {
      subject: 'Sie haben bereits ein Konto',
      lines: [
        'Jemand wollte mit dieser Adresse ein neues Konto eröffnen, doch es gibt schon eines. Nichts wurde geändert.',
        'Waren Sie es, melden Sie sich an; ein vergessenes Passwort lässt sich auf der Anmeldeseite ersetzen.',
      ],
      button: 'Zur Anmeldung',
    },
    sign_in_code: { subject: 'Ihr Anmeldecode', lines: ['Jemand meldet sich mit Ihrem Passwort an.'] },
    step_up_code: {
      subject: 'Ihr Bestätigungscode',
      lines: ['Bestätigen Sie, dass Sie es sind, bevor eine Sicherheitseinstellung geändert wird.'],
    },
    enrolment_link: {
      subject: 'Richten Sie den zweiten Schritt Ihrer Anmeldung ein',
      lines: [
        'Ihr Konto verlangt einen zweiten Schritt bei der Anmeldung. Melden Sie sich mit Ihrem Passwort an; dieser Link beweist, dass auch dieses Postfach Ihnen gehört.',
        'Der Link gilt einmal, 24 Stunden lang.',
      ],
      button: 'Zweiten Schritt einrichten',
    },
    enrolment_code: {
      subject: 'Ihr Code für den zweiten Schritt',
      lines: ['Sie richten einen zweiten Schritt für Ihre Anmeldung ein.'],
    },
    email_change_confirm: {
      subject: 'Bestätigen Sie Ihre neue E-Mail-Adresse',
      lines: [
        'Diese Adresse soll die Adresse eines Benutzers werden. Sie gilt, sobald sie bestätigt ist.',
        'Haben Sie das nicht gewünscht, tun Sie nichts.',
      ],
      button: 'Adresse bestätigen',
    },
    email_changed_undo: {
      subject: 'Ihre E-Mail-Adresse wurde geändert',
      lines: [
        'Von jetzt an gehen Nachrichten und Codes an eine andere Adresse.',
        'Waren Sie das nicht: Dieser Link bringt die alte Adresse zurück und beendet alle Sitzungen. Er gilt 7 Tage.',
      ],
      button: 'Änderung rückgängig machen',
    },
    email_taken: {
      subject: 'Jemand wollte Ihre E-Mail-Adresse verwenden',
      lines: [
        'Jemand hat diese Adresse für einen anderen Benutzer eingegeben. Sie bleibt Ihre, nichts wurde geändert.',
        'Waren Sie es, wählen Sie dort einen anderen Anmeldenamen.',
      ],
    },
    phone_code: {
      subject: 'Ihr Code für die neue Nummer',
      lines: ['Diese Nummer soll die Nummer eines Benutzers werden.'],
    },
    phone_changed: {
      subject: 'Ihre Mobilnummer wurde geändert',
      lines: ['Neue Nummer: {destination}', ifNotYou],
    },
    password_reset: {
      subject: 'Wählen Sie ein neues Passwort',
      lines: [
        'Jemand hat ein neues Passwort für Ihre Anmeldung verlangt. Nichts ändert sich, bis Sie eines wählen.',
        'Der Link gilt einmal, 30 Minuten lang. Waren Sie das nicht, tun Sie nichts.',
      ],
      button: 'Neues Passwort wählen',
    },
    password_changed: {
      subject: 'Ihr Passwort wurde geändert',
      lines: ['Alle anderen Sitzungen wurden beendet.', ifNotYou],
    },
    password_known: {
      subject: 'Jemand kennt Ihr Passwort',
      lines: [
        'Ihr Passwort wurde richtig eingegeben, danach fünfmal ein falscher Code. Die Anmeldung wurde beendet.',
        'Waren Sie das nicht, ändern Sie Ihr Passwort jetzt.',
      ],
    },
    not_me_done: {
      subject: 'Eine Anmeldung wurde gemeldet und beendet',
      lines: [
        'Benutzer: {about}',
        'Die Person hat gemeldet, dass eine Anmeldung nicht von ihr war. Offene Anmeldungen wurden beendet, das Passwort gilt nicht mehr; ein Link für ein neues ging an die Person.',
      ],
    },
    new_device: { subject: 'Anmeldung mit einem neuen Gerät', lines: [ifNotYou] },
    blocked_network: {
      subject: 'Eine Anmeldung aus einem anderen Netz wurde abgewiesen',
      lines: [
        'Das Passwort war richtig, doch dieses Netz steht nicht auf der Liste des Kontos.',
        'Waren Sie es, melden Sie sich aus einem erlaubten Netz an. Wenn nicht, ändern Sie Ihr Passwort: Jemand kennt es.',
      ],
    },
    session_elsewhere: {
      subject: 'Ihre Sitzung wurde aus einem anderen Netz benutzt',
      lines: [
        'Eine offene Sitzung wurde aus einem Netz benutzt, das nicht auf der Liste des Kontos steht. Der Zugriff wurde abgewiesen.',
        ifNotYou,
      ],
    },
    session_dropped: {
      subject: 'Ihre älteste Sitzung wurde beendet',
      lines: [
        'Sie waren an zu vielen Orten zugleich angemeldet, deshalb wurde die älteste Sitzung beendet.',
        ifNotYou,
      ],
    },
    mfa_changed: {
      subject: 'Der zweite Schritt bei der Anmeldung wurde geändert',
      lines: ['Benutzer: {about}', '{change}', ifNotYou],
    },
    mfa_reset_requested: {
      subject: 'Ein zweiter Schritt wird zurückgesetzt',
      lines: [
        'Benutzer: {about}',
        'Zwei Personen haben zugestimmt, den zweiten Schritt der Anmeldung dieses Benutzers zurückzusetzen. Es geschieht: {executesAt}.',
        'Bis dahin hält dieser Link es auf.',
      ],
      button: 'Zurücksetzen aufhalten',
    },
    mfa_reset_link: {
      subject: 'Ihr zweiter Schritt wurde zurückgesetzt',
      lines: [
        'Der zweite Schritt Ihrer Anmeldung wurde entfernt. Melden Sie sich mit Ihrem Passwort an und richten Sie ihn mit diesem Link neu ein.',
        'Der Link gilt einmal, 24 Stunden lang.',
      ],
      button: 'Zweiten Schritt einrichten',
    },
    recovery_used: {
      subject: 'Ein Wiederherstellungscode wurde benutzt',
      lines: ['Übrige Wiederherstellungscodes: {left}', ifNotYou],
    },
    recovery_low: {
      subject: 'Nur noch wenige Wiederherstellungscodes',
      lines: [
        'Übrige Wiederherstellungscodes: {left}',
        'Erstellen Sie einen neuen Satz unter: Mein Profil, Anmeldung.',
      ],
    },
    passkey_added: { subject: 'Ein Passkey wurde hinzugefügt', lines: [ifNotYou] },
    passkey_removed: { subject: 'Ein Passkey wurde entfernt', lines: [ifNotYou] },
    role_raised: {
      subject: 'Ihre Rechte wurden erweitert',
      lines: [
        'Benutzer: {about}',
        'Die Verwaltung hat mehr Rechte gegeben. Sie gelten ab der nächsten Anmeldung.',
      ],
    },
    api_key_created: {
      subject: 'Ein API-Schlüssel wurde erstellt',
      lines: [
        'Schlüssel: {prefix}',
        'War das niemand von Ihnen, widerrufen Sie den Schlüssel unter: Konto, Einstellungen, API.',
      ],
    },
    api_key_suspending: {
      subject: 'Ein API-Schlüssel gilt bald nicht mehr',
      lines: [
        'Schlüssel: {prefix}',
        'Wer ihn erstellt hat, kann sich nicht mehr anmelden. Er gilt bis: {until}; ersetzen Sie ihn vorher.',
      ],
    },
    ip_list_changed: {
      subject: 'Die Liste der erlaubten Adressen wurde geändert',
      lines: ['Hinzugefügt: {added}', 'Entfernt: {removed}', '{state}', ifNotYou],
    },
    ip_rollback: {
      subject: 'Die Liste der erlaubten Adressen wurde zurückgesetzt',
      lines: [
        'Eine Änderung wurde nicht innerhalb von 10 Minuten bestätigt, deshalb gilt wieder die letzte bestätigte Liste.',
        'Hinzugefügt: {added}',
        'Entfernt: {removed}',
      ],
    },
    ip_expiring: {
      subject: 'Eine erlaubte Adresse läuft bald ab',
      lines: [
        'Die Einträge, die Sie einlassen, laufen ab: {expiresAt}. Erneuern Sie sie unter: Konto, Einstellungen, Sicherheit.',
      ],
    },
    break_glass_used: {
      subject: 'Ein Notzugang wurde geöffnet',
      lines: ['Benutzer: {about}', 'Er umgeht die Liste der erlaubten Adressen bis: {expiresAt}.', ifNotYou],
    },
    entitlement_withdrawn: {
      subject: 'Ihrem Konto wurde eine Funktion entzogen',
      lines: [
        'Funktion: {key}',
        'Einstellungen sind eingefroren; was die Anmeldung schützt, gilt weiter. Mehr sagt Ihnen Ihr Serviceteam.',
      ],
    },
    sender_confirm: {
      subject: 'Bestätigen Sie Ihre Absenderadresse',
      lines: [
        'Jemand möchte mit Campanile Nachrichten von dieser Adresse senden. Bestätigen Sie, dass Sie das Postfach verwenden dürfen.',
        'Der Link gilt einmal, 48 Stunden lang. Wissen Sie nichts davon, tun Sie nichts.',
      ],
      button: 'Adresse bestätigen',
    },
    sender_domain_broken: {
      subject: 'Eine Absenderdomain ist nicht mehr autorisiert',
      lines: [
        'Einträge, die die Domain {domain} braucht, stehen nicht mehr richtig in ihrer Zone.',
        'Kampagnen von ihr warten; Nachrichten der API gehen noch 72 Stunden lang hinaus. Die Seite der Domain zeigt, was fehlt.',
      ],
    },
    accounting_mismatch: {
      subject: 'Eine Kampagne wurde gestoppt: Ihre Rechnung geht nicht auf',
      lines: [
        'Die Zahl der Personen der Kampagne „{campaign}“ und die Zahl ihrer Nachrichten sind verschieden; das Programm hat den Versand angehalten.',
        'Ihre Fortschrittsseite nennt, wer fehlt und wer zu viel ist. Sie kann weitergehen, wenn beide Seiten übereinstimmen.',
      ],
    },
    sender_domain_records: {
      subject: 'DNS-Einträge für eine Domain',
      lines: [
        'Die Domain {domain} soll zum Senden mit Campanile dienen. Bitte veröffentlichen Sie diese Einträge in ihrer Zone, mit einer TTL von 3600 Sekunden. Hostnamen stehen ohne Punkt am Ende.',
        '{records}',
        'Hat die Domain schon einen SPF-Eintrag, ersetzt ihn der obige: es darf nur einen geben.',
      ],
    },
    webhook_disabled: {
      subject: 'Ein Webhook wurde abgeschaltet',
      lines: ['Er hat drei Tage lang nicht geantwortet. Siehe: Konto, Einstellungen, Webhooks.'],
    },
  },
}
