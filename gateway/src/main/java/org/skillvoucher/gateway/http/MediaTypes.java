package org.skillvoucher.gateway.http;

/** Media types of the API's files. */
public final class MediaTypes {
  public static final String CSV = "text/csv";
  public static final String XLSX =
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

  private MediaTypes() {}
}
