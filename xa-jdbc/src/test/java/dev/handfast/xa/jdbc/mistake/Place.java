package dev.handfast.xa.jdbc.mistake;

import java.util.Locale;

/** The database on which a mistake is made. */
public enum Place {
  H2("H2"),
  POSTGRES("PostgreSQL");

  private final String shown;

  Place(String shown) {
    this.shown = shown;
  }

  /** The name of its resource. */
  String resource() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** A text about its resource as if that were called {@code orders}. */
  public String masked(String text) {
    return text.replace("'" + resource() + "'", "'orders'")
        .replace("datasource." + resource() + ".", "datasource.orders.");
  }

  public String shown() {
    return shown;
  }
}
