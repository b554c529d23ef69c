import { addressProblems } from './address-problems.ts'
import { factorProblems } from './factor-problems.ts'
import { problemTitles } from './problem-titles.ts'
import { keyTitles } from './problem-titles-keys.ts'
import { peopleTitles } from './problem-titles-people.ts'
import { signInTitles } from './problem-titles-sign-in.ts'

type Texts = { readonly title: string; readonly detail?: string }
export type ProblemTexts = Readonly<
  Record<string, { readonly en: Texts; readonly pl: Texts; readonly de: Texts }>
>

const detailed: ProblemTexts = {
  campaign_state_conflict: {
    en: {
      title: 'Not possible in this state',
      detail: 'The campaign is in a state that does not allow this; reload it.',
    },
    pl: { title: 'Niemożliwe w tym stanie', detail: 'Stan kampanii na to nie pozwala; odśwież ją.' },
    de: {
      title: 'In diesem Zustand nicht möglich',
      detail: 'Der Zustand der Kampagne lässt das nicht zu; laden Sie sie neu.',
    },
  },
  cause_still_present: {
    en: {
      title: 'The cause is still there',
      detail: 'What stopped the campaign has not been put right yet.',
    },
    pl: {
      title: 'Przyczyna nadal istnieje',
      detail: 'To, co zatrzymało kampanię, nie zostało jeszcze usunięte.',
    },
    de: {
      title: 'Die Ursache besteht noch',
      detail: 'Was die Kampagne angehalten hat, ist noch nicht behoben.',
    },
  },
  duplicate: {
    en: { title: 'Already there', detail: 'An equal entry exists.' },
    pl: { title: 'Już istnieje', detail: 'Taki sam wpis już istnieje.' },
    de: { title: 'Schon vorhanden', detail: 'Ein gleicher Eintrag besteht bereits.' },
  },
  duplicate_external_id: {
    en: { title: 'External id is taken', detail: 'Another object of this kind has this external id.' },
    pl: {
      title: 'Identyfikator zewnętrzny zajęty',
      detail: 'Inny obiekt tego rodzaju ma już ten identyfikator zewnętrzny.',
    },
    de: {
      title: 'Externe Kennung ist vergeben',
      detail: 'Ein anderes Objekt dieser Art trägt diese externe Kennung.',
    },
  },
  email_invalid: {
    en: { title: 'Not an e-mail address', detail: 'The address has no valid form.' },
    pl: { title: 'To nie jest adres e-mail', detail: 'Adres ma nieprawidłową postać.' },
    de: { title: 'Keine E-Mail-Adresse', detail: 'Die Adresse hat keine gültige Form.' },
  },
  exactly_one_content_source: {
    en: { title: 'Exactly one content is needed', detail: 'Give the HTML of the message in `html`.' },
    pl: { title: 'Potrzebna jest dokładnie jedna treść', detail: 'Podaj kod HTML wiadomości w polu `html`.' },
    de: { title: 'Genau ein Inhalt ist nötig', detail: 'Geben Sie das HTML der Nachricht in `html` an.' },
  },
  name_taken: {
    en: { title: 'Name is taken', detail: 'Another object of this kind has this name.' },
    pl: { title: 'Nazwa zajęta', detail: 'Inny obiekt tego rodzaju ma już tę nazwę.' },
    de: { title: 'Name ist vergeben', detail: 'Ein anderes Objekt dieser Art trägt diesen Namen.' },
  },
  no_route: {
    en: { title: 'No route', detail: 'No enabled route leads to a provider that may be used.' },
    pl: { title: 'Brak trasy', detail: 'Żadna włączona trasa nie prowadzi do dostawcy, którego można użyć.' },
    de: { title: 'Keine Route', detail: 'Keine eingeschaltete Route führt zu einem verwendbaren Anbieter.' },
  },
  preflight_failed: {
    en: { title: 'The campaign cannot start yet', detail: 'Some checks block it; `checks` names them.' },
    pl: {
      title: 'Kampania nie może jeszcze wystartować',
      detail: 'Niektóre kontrole ją blokują; wymienia je `checks`.',
    },
    de: {
      title: 'Die Kampagne kann noch nicht starten',
      detail: 'Einige Prüfungen sperren sie; `checks` nennt sie.',
    },
  },
  provider_disabled: {
    en: { title: 'Provider is switched off', detail: 'Switch the provider on before you name it.' },
    pl: { title: 'Dostawca jest wyłączony', detail: 'Włącz dostawcę, zanim go wskażesz.' },
    de: {
      title: 'Anbieter ist ausgeschaltet',
      detail: 'Schalten Sie den Anbieter ein, bevor Sie ihn nennen.',
    },
  },
  provider_in_use: {
    en: { title: 'Provider is in use', detail: 'A route still leads to it; take it out of the route first.' },
    pl: { title: 'Dostawca jest w użyciu', detail: 'Prowadzi do niego trasa; najpierw usuń go z trasy.' },
    de: {
      title: 'Anbieter wird verwendet',
      detail: 'Eine Route führt noch zu ihm; nehmen Sie ihn zuerst aus der Route.',
    },
  },
  revision_changed: {
    en: { title: 'Something changed meanwhile', detail: 'Look at it again and confirm once more.' },
    pl: { title: 'W międzyczasie coś się zmieniło', detail: 'Obejrzyj to ponownie i potwierdź jeszcze raz.' },
    de: {
      title: 'Inzwischen hat sich etwas geändert',
      detail: 'Sehen Sie es noch einmal an und bestätigen Sie erneut.',
    },
  },
  sign_in_refused: {
    en: {
      title: 'Sign-in refused',
      detail: 'The data are wrong, or this network is not authorised for the account.',
    },
    pl: {
      title: 'Logowanie odrzucone',
      detail: 'Dane są nieprawidłowe albo ta sieć nie jest dopuszczona dla tego konta.',
    },
    de: {
      title: 'Anmeldung abgelehnt',
      detail: 'Die Angaben sind falsch, oder dieses Netz ist für das Konto nicht zugelassen.',
    },
  },
  step_up_required: {
    en: { title: 'Please confirm that it is you', detail: 'This act needs a fresh confirmation.' },
    pl: { title: 'Potwierdź, że to Ty', detail: 'Ta czynność wymaga świeżego potwierdzenia.' },
    de: {
      title: 'Bitte bestätigen Sie, dass Sie es sind',
      detail: 'Diese Handlung braucht eine frische Bestätigung.',
    },
  },
  template_error: {
    en: { title: 'The template has a fault', detail: '`line` and `column` say where, `reason` says why.' },
    pl: { title: 'Szablon zawiera błąd', detail: '`line` i `column` mówią gdzie, `reason` mówi dlaczego.' },
    de: {
      title: 'Die Vorlage hat einen Fehler',
      detail: '`line` und `column` sagen wo, `reason` sagt warum.',
    },
  },
  throttle_out_of_range: {
    en: { title: 'Speed out of range', detail: 'From 60 to 200,000 messages per hour.' },
    pl: { title: 'Prędkość poza zakresem', detail: 'Od 60 do 200 000 wiadomości na godzinę.' },
    de: { title: 'Tempo außerhalb des Bereichs', detail: 'Von 60 bis 200.000 Nachrichten je Stunde.' },
  },
  unknown_role: {
    en: { title: 'Unknown role', detail: 'One of the roles does not exist in this account.' },
    pl: { title: 'Nieznana rola', detail: 'Jedna z ról nie istnieje na tym koncie.' },
    de: { title: 'Unbekannte Rolle', detail: 'Eine der Rollen gibt es in diesem Konto nicht.' },
  },
  url_refused: {
    en: { title: 'Address refused', detail: 'This address or port may not be reached from here.' },
    pl: { title: 'Adres odrzucony', detail: 'Z tym adresem lub portem nie wolno się stąd łączyć.' },
    de: {
      title: 'Adresse abgelehnt',
      detail: 'Diese Adresse oder dieser Port darf von hier aus nicht erreicht werden.',
    },
  },
}

const titled: ProblemTexts = Object.fromEntries(
  Object.entries({ ...problemTitles, ...keyTitles, ...peopleTitles, ...signInTitles }).map(
    ([code, [en, pl, de]]) => [code, { en: { title: en }, pl: { title: pl }, de: { title: de } }],
  ),
)

const worded: ProblemTexts = Object.fromEntries(
  Object.entries({ ...addressProblems, ...factorProblems }).map(([code, words]) => {
    const [en, pl, de] = words.map(([title, detail]) => ({ title, detail })) as [Texts, Texts, Texts]
    return [code, { en, pl, de }]
  }),
)

/** What people read for each code (specification api.md part D). */
export const problemTexts: ProblemTexts = { ...titled, ...detailed, ...worded }
