package org.skillvoucher.gateway.roster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.skillvoucher.gateway.http.RosterLimits;

/**
 * Reads a roster in XLSX (ISO/IEC 29500, transitional and strict): every worksheet that is shown.
 * Only a text cell holds what was typed; a number may have lost its last digits or leading zeros.
 */
public final class RosterXlsx {
  private static final String WORKBOOK = "xl/workbook.xml";
  private static final int SHEETS_MAX = 256;

  private RosterXlsx() {}

  private record SheetEntry(String name, boolean hidden, String relation) {}

  private record Relation(String type, String target) {}

  private static final Relation MISSING = new Relation("", "");

  /**
   * Reads the worksheets in their order.
   *
   * @throws org.skillvoucher.gateway.http.ProblemException when it is no such file, or exceeds a
   *     limit
   */
  public static List<RosterTable> tables(byte[] file, RosterLimits limits) {
    try (var parts = new WorkbookPackage(file, limits)) {
      return tables(parts, limits);
    } catch (IOException | XMLStreamException | IllegalArgumentException e) {
      throw RosterProblems.unreadable();
    }
  }

  private static List<RosterTable> tables(WorkbookPackage parts, RosterLimits limits)
      throws IOException, XMLStreamException {
    String workbook =
        relations(parts, "_rels/.rels", "").values().stream()
            .filter(relation -> relation.type().endsWith("/officeDocument"))
            .map(Relation::target)
            .filter(parts::has)
            .findFirst()
            .orElse(WORKBOOK);
    Optional<XMLStreamReader> xml =
        workbook.endsWith(".xml") ? parts.open(workbook) : Optional.empty();
    if (xml.isEmpty()) {
      throw FileKind.ofPackage(parts.names());
    }
    List<SheetEntry> sheets = sheets(xml.get());
    int folder = workbook.lastIndexOf('/') + 1;
    Map<String, Relation> relations =
        relations(
            parts,
            workbook.substring(0, folder) + "_rels/" + workbook.substring(folder) + ".rels",
            workbook.substring(0, folder));
    List<String> texts = sharedTexts(parts, relations);
    List<RosterTable> tables = new ArrayList<>();
    for (SheetEntry sheet : sheets) {
      tables.add(
          new RosterTable(
              sheet.name(),
              sheet.hidden(),
              sheet.hidden()
                  ? List.of()
                  : lines(
                      parts, relations.getOrDefault(sheet.relation(), MISSING), texts, limits)));
    }
    return tables;
  }

  private static List<SheetEntry> sheets(XMLStreamReader xml) throws XMLStreamException {
    List<SheetEntry> sheets = new ArrayList<>();
    while (xml.hasNext()) {
      int event = xml.next();
      if (event == XMLStreamConstants.DTD || sheets.size() > SHEETS_MAX) {
        throw new XMLStreamException("a document type, or more sheets than a roster has");
      }
      if (event == XMLStreamConstants.START_ELEMENT && xml.getLocalName().equals("sheet")) {
        String state = attribute(xml, "state");
        sheets.add(
            new SheetEntry(
                attribute(xml, "name"),
                state.equals("hidden") || state.equals("veryHidden"),
                relationId(xml)));
      }
    }
    return sheets;
  }

  /** The attribute {@code id} of the namespace of relations, transitional or strict. */
  private static String relationId(XMLStreamReader xml) {
    for (int i = 0; i < xml.getAttributeCount(); i++) {
      String namespace = xml.getAttributeNamespace(i);
      if (xml.getAttributeLocalName(i).equals("id") && namespace != null && !namespace.isEmpty()) {
        return xml.getAttributeValue(i);
      }
    }
    return "";
  }

  private static Map<String, Relation> relations(WorkbookPackage parts, String name, String folder)
      throws IOException, XMLStreamException {
    Map<String, Relation> relations = new HashMap<>();
    Optional<XMLStreamReader> opened = parts.open(name);
    if (opened.isPresent()) {
      XMLStreamReader xml = opened.get();
      while (xml.hasNext()) {
        if (xml.next() == XMLStreamConstants.START_ELEMENT
            && xml.getLocalName().equals("Relationship")) {
          String target = attribute(xml, "Target");
          relations.put(
              attribute(xml, "Id"),
              new Relation(
                  attribute(xml, "Type"),
                  target.startsWith("/") ? target.substring(1) : folder + target));
        }
      }
    }
    return relations;
  }

  private static List<String> sharedTexts(WorkbookPackage parts, Map<String, Relation> relations)
      throws IOException, XMLStreamException {
    for (Relation relation : relations.values()) {
      if (relation.type().endsWith("/sharedStrings")) {
        Optional<XMLStreamReader> xml = parts.open(relation.target());
        return xml.isPresent() ? SharedTexts.read(xml.get()) : List.of();
      }
    }
    return List.of();
  }

  private static List<RosterRecord> lines(
      WorkbookPackage parts, Relation relation, List<String> texts, RosterLimits limits)
      throws IOException, XMLStreamException {
    Optional<XMLStreamReader> xml = parts.open(relation.target());
    if (xml.isEmpty()) {
      throw RosterProblems.unreadable();
    }
    return WorkbookSheet.read(xml.get(), texts, limits);
  }

  private static String attribute(XMLStreamReader xml, String name) {
    String value = xml.getAttributeValue(null, name);
    return value == null ? "" : value;
  }
}
