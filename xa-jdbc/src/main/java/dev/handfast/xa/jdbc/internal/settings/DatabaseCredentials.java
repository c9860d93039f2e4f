package dev.handfast.xa.jdbc.internal.settings;

import dev.handfast.xa.config.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Who connects.
 *
 * @param user null to leave it to the URL or to the data source itself
 * @param password null if there is none
 */
public record DatabaseCredentials(@Nullable String user, @Nullable Secret password) {

  static final DatabaseCredentials NONE = new DatabaseCredentials(null, null);

  /** The user for a reader's eye. */
  public String shownUser() {
    return user == null ? "" : user;
  }
}
