package dev.handfast.xa.artemis.internal.client;

import dev.handfast.xa.config.Secret;
import org.jspecify.annotations.Nullable;

/** A user and the password, which is read anew for each connection. */
public record BrokerCredentials(@Nullable String user, @Nullable Secret password) {

  static final BrokerCredentials NONE = new BrokerCredentials(null, null);

  public @Nullable String revealPassword() {
    return password == null ? null : password.reveal();
  }

  /** {@code user 'shop'}, {@code no user}. */
  public String shown() {
    return user == null ? "no user" : "user '" + user + "'";
  }
}
