package dev.handfast.xa.artemis.internal.client;

import dev.handfast.xa.config.Secret;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.jspecify.annotations.Nullable;

/** A user of the broker, if the definition names one, and its password. */
public record BrokerCredentials(@Nullable String user, @Nullable Secret password) {

  /** Returns the user, or that of the factory if the definition names none. */
  public @Nullable String userOr(ActiveMQConnectionFactory factory) {
    return user == null ? factory.getUser() : user;
  }

  /** Returns the user's password, read anew at each call, or that of the factory's user. */
  public @Nullable String passwordOr(ActiveMQConnectionFactory factory) {
    if (user == null) {
      return factory.getPassword();
    }
    return password == null ? null : password.reveal();
  }

  /** Names the user for a message: {@code user 'shop'} or {@code no user}. */
  public String shown() {
    return user == null ? "no user" : "user '" + user + "'";
  }
}
