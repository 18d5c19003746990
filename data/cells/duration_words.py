"""The words of a duration, "2 days 3 Std.", in the languages exports come in, and how many minutes each is."""

from __future__ import annotations

MINUTES = (
    (525_600.0, "y yr yrs year years jahr jahre an ans année années año años ano anos jaar anno anni"),
    (43_200.0, "mo mon month months monat monate mois mes meses mês maand maanden mese mesi"),
    (10_080.0, "w wk wks week weeks woche wochen semaine semaines semana semanas weken settimana settimane"),
    (1_440.0, "d day days tag tage tagen t j jour jours día días dia dias dag dagen giorno giorni"),
    (60.0, "h hr hrs hour hours std stunde stunden heure heures hora horas uur uren ora ore"),
    (1.0, "m min mins minute minutes minuten minuto minutos minuut minuti"),
    (1 / 60, "s sec secs second seconds sek sekunde sekunden seconde secondes segundo segundos secondo secondi seconden seg"),
    (1 / 60_000, "ms msec millisecond milliseconds"),
)
SPELLED = {word: minutes for minutes, words in MINUTES for word in words.split()}
AND = "and|und|et|y|e|en"
