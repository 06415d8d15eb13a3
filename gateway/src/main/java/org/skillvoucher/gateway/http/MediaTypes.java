package org.skillvoucher.gateway.http;

/** Media types of files that the API takes and gives besides JSON. */
public final class MediaTypes {
  public static final String CSV = "text/csv";
  public static final String XLSX =
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

  private MediaTypes() {}
}
