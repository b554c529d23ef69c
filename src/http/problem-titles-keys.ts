type Titles = Readonly<Record<string, readonly [en: string, pl: string, de: string]>>

/** What keys, set-up and the operator’s people are refused: English, Polish, German. */
export const keyTitles: Titles = {
  ambiguous_credentials: [
    'A key and a session came together; send one of them',
    'Wysłano jednocześnie klucz i sesję; wyślij tylko jedno z nich',
    'Schlüssel und Sitzung kamen zusammen; senden Sie nur eines davon',
  ],
  api_key_expired: [
    'This API key has expired',
    'Ten klucz API wygasł',
    'Dieser API-Schlüssel ist abgelaufen',
  ],
  idempotency_key_required: [
    'This key demands the header Idempotency-Key on every POST',
    'Ten klucz wymaga nagłówka Idempotency-Key przy każdym POST',
    'Dieser Schlüssel verlangt bei jedem POST den Header Idempotency-Key',
  ],
  impersonation_forbidden: [
    'This account does not let the operator’s people act in place of its users',
    'To konto nie pozwala obsłudze działać w imieniu jego użytkowników',
    'Dieses Konto lässt den Betreiber nicht im Namen seiner Benutzer handeln',
  ],
  invalid_api_key: [
    'This API key is unknown or was revoked',
    'Ten klucz API jest nieznany lub został unieważniony',
    'Dieser API-Schlüssel ist unbekannt oder wurde widerrufen',
  ],
  key_in_query: [
    'A key must not stand in an address, where logs keep it; send it in the header Authorization',
    'Klucz nie może być częścią adresu, bo trafia do dzienników; wyślij go w nagłówku Authorization',
    'Ein Schlüssel darf nicht in der Adresse stehen, wo Protokolle ihn behalten; senden Sie ihn im Header Authorization',
  ],
  last_staff: [
    'Somebody who can manage the operator’s people must stay',
    'Musi pozostać ktoś, kto może zarządzać obsługą',
    'Jemand, der die Leute des Betreibers verwalten kann, muss bleiben',
  ],
  not_active: [
    'Not possible: this is not active any more',
    'Niemożliwe: to nie jest już aktywne',
    'Nicht möglich: das ist nicht mehr aktiv',
  ],
  not_impersonating: [
    'You are not acting in place of a user',
    'Nie działasz w imieniu użytkownika',
    'Sie handeln nicht im Namen eines Benutzers',
  ],
  panel_only: [
    'This is done in the console by a person, never with a key',
    'Robi to osoba w konsoli, nigdy klucz',
    'Das tut ein Mensch in der Konsole, nie ein Schlüssel',
  ],
  scope_exceeds: [
    'A key cannot hold more than its maker, nor rights that only people have',
    'Klucz nie może mieć więcej praw niż jego twórca ani praw zastrzeżonych dla ludzi',
    'Ein Schlüssel kann nicht mehr als sein Ersteller und nichts, was Menschen vorbehalten ist',
  ],
  scope_missing: [
    'This key lacks the scope that is needed here',
    'Temu kluczowi brakuje potrzebnego zakresu',
    'Diesem Schlüssel fehlt der nötige Umfang',
  ],
  support_grant_required: [
    'Contacts, messages and files stay closed until an administrator of the account opens them to support',
    'Kontakty, wiadomości i pliki pozostają zamknięte, dopóki administrator konta nie otworzy ich dla obsługi',
    'Kontakte, Nachrichten und Dateien bleiben zu, bis ein Administrator des Kontos sie dem Support öffnet',
  ],
  totp_required: [
    'The code of the authenticator app is missing or wrong',
    'Brakuje kodu z aplikacji uwierzytelniającej lub jest on błędny',
    'Der Code der Authenticator-App fehlt oder ist falsch',
  ],
}
