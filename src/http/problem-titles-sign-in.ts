/** What people are told while they sign in or confirm who they are: English, Polish, German. */
export const signInTitles: Readonly<Record<string, readonly [en: string, pl: string, de: string]>> = {
  challenge_closed: [
    'This confirmation is over; please begin again',
    'To potwierdzenie już się zakończyło; zacznij od nowa',
    'Diese Bestätigung ist beendet; bitte beginnen Sie neu',
  ],
  code_malformed: [
    'This is not a code; please check what you typed',
    'To nie jest kod; sprawdź, co wpisałeś',
    'Das ist kein Code; bitte prüfen Sie die Eingabe',
  ],
  code_wrong: ['This code is wrong', 'Ten kod jest nieprawidłowy', 'Dieser Code ist falsch'],
  factor_backoff: [
    'Too many wrong codes; please wait a little',
    'Za dużo błędnych kodów; odczekaj chwilę',
    'Zu viele falsche Codes; bitte warten Sie etwas',
  ],
  not_resendable: [
    'No further code can be sent here',
    'Tutaj nie można już wysłać kolejnego kodu',
    'Hier kann kein weiterer Code gesendet werden',
  ],
  proof_required: [
    'First prove that it is you',
    'Najpierw potwierdź, że to Ty',
    'Weisen Sie zuerst nach, dass Sie es sind',
  ],
  resend_wait: [
    'A code was sent just now; please wait a moment',
    'Kod został właśnie wysłany; odczekaj chwilę',
    'Eben wurde ein Code gesendet; bitte warten Sie einen Moment',
  ],
  session_limited: [
    'This session may not do that',
    'Ta sesja na to nie pozwala',
    'Diese Sitzung darf das nicht',
  ],
  sms_limited: [
    'No more text messages can be sent at present',
    'W tej chwili nie można wysłać kolejnych SMS-ów',
    'Zurzeit können keine weiteren SMS gesendet werden',
  ],
  phone_not_allowed: [
    'Codes cannot be sent to this number',
    'Na ten numer nie można wysyłać kodów',
    'An diese Nummer können keine Codes gesendet werden',
  ],
  read_only: [
    'You are only looking: nothing can be changed here',
    'To tylko podgląd: niczego nie można tu zmienić',
    'Sie sehen nur zu: hier kann nichts geändert werden',
  ],
}
