package dev.handfast.xa.jdbc.internal.settings;

import dev.handfast.xa.config.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Says who connects.
 *
 * @param user null to leave it to the URL or to the data source itself
 * @param password null if there is none
 */
public record DatabaseCredentials(@Nullable String user, @Nullable Secret password) {

  /**
   * Names the user for a reader; the name is empty if the URL or the data source says who it is.
   */
  public String shownUser() {
    return user == null ? "" : user;
  }
}
