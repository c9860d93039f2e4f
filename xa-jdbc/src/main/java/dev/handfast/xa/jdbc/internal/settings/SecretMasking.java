package dev.handfast.xa.jdbc.internal.settings;

import dev.handfast.xa.config.Urls;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Takes secrets out of what drivers say. */
public final class SecretMasking {

  private static final int SHORTEST = 3;

  private SecretMasking() {}

  /**
   * Answers a failure in whose texts the password and the secrets of URLs are masked, the same
   * failure if there are none in it.
   */
  public static SQLException secret(SQLException failure, @Nullable String password) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      String text = String.valueOf(t.getMessage());
      if (!clean(text, password).equals(text)) {
        return copy(failure, password);
      }
    }
    return failure;
  }

  private static SQLException copy(SQLException failure, @Nullable String password) {
    var copy =
        new SQLException(
            clean(String.valueOf(failure.getMessage()), password),
            failure.getSQLState(),
            failure.getErrorCode());
    copy.setStackTrace(failure.getStackTrace());
    return copy;
  }

  static String clean(String text, @Nullable String password) {
    String masked = Urls.mask(text);
    return password == null || password.length() < SHORTEST
        ? masked
        : masked.replace(password, "***");
  }
}
