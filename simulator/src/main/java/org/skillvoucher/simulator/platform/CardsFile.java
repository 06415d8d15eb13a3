package org.skillvoucher.simulator.platform;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code cards.csv}: the cards of a sample, UTF-8, with the columns number, cardNumber,
 * cardIdentificationCode and name.
 */
public final class CardsFile {
  private CardsFile() {}

  /** Every card in the file, all active. */
  public static List<Card> read(Path file) throws IOException {
    try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(file, UTF_8);
        Stream<NamedCsvRecord> stream = rows.stream()) {
      return stream.map(CardsFile::card).toList();
    }
  }

  private static Card card(NamedCsvRecord row) {
    return new Card(
        row.getField("cardIdentificationCode"),
        row.getField("number"),
        row.getField("cardNumber"),
        row.getField("name"),
        Card.CardStatus.ACTIVE);
  }
}
