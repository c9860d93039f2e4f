package dev.handfast.xa.jdbc;

import dev.handfast.xa.config.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Who connects.
 *
 * @param user null to leave it to the URL or to the data source itself
 * @param password null if there is none
 */
record Credentials(@Nullable String user, @Nullable Secret password) {

  static final Credentials NONE = new Credentials(null, null);

  /** The user for a reader's eye. */
  String shownUser() {
    return user == null ? "" : user;
  }
}
