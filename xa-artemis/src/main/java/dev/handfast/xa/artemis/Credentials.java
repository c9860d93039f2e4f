package dev.handfast.xa.artemis;

import dev.handfast.xa.config.Secret;
import org.jspecify.annotations.Nullable;

/** A user and the password, which is read anew for each connection. */
record Credentials(@Nullable String user, @Nullable Secret password) {

  static final Credentials NONE = new Credentials(null, null);

  @Nullable String revealPassword() {
    return password == null ? null : password.reveal();
  }

  /** {@code user 'shop'}, {@code no user}. */
  String shown() {
    return user == null ? "no user" : "user '" + user + "'";
  }
}
