package dev.handfast.xa.config;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The keys of the two users that the section of a resource may name: that of the application's work
 * and that of recovery.
 */
public final class UserKeys {

  private static final String RECOVERY_USER = "recovery.username";
  private static final String RECOVERY_PASSWORD = "recovery.password";

  /** The keys of the user of the application's work, in the order of the reference table. */
  public static final List<ConfigKey> WORK =
      List.of(
          new ConfigKey("username", "text", "", "User of the application's work."),
          new ConfigKey("password", "secret", "", "Password of `username`."),
          new ConfigKey(
              "password-file", "path", "", "File that holds it, read anew at each connect."));

  private UserKeys() {}

  /**
   * The keys of the user of recovery, in the order of the reference table.
   *
   * @param meaning of the key that names the user, for the reference table
   */
  public static List<ConfigKey> recovery(String meaning) {
    return List.of(
        new ConfigKey(RECOVERY_USER, "text", "that of work", meaning),
        new ConfigKey(RECOVERY_PASSWORD, "secret", "", "Password of `recovery.username`."),
        new ConfigKey(
            "recovery.password-file", "path", "", "File that holds it, read anew at use."));
  }

  /**
   * Hands on the user of recovery and the password, which is empty if none is given; does nothing
   * if the section names no such user.
   *
   * @throws ConfigurationException if there is a password and no user
   */
  public static void readRecovery(ResourceSection section, BiConsumer<String, Secret> taker) {
    Optional<String> user = section.text(RECOVERY_USER);
    Optional<Secret> password = section.secret(RECOVERY_PASSWORD);
    if (user.isEmpty() && password.isPresent()) {
      throw section.missing(RECOVERY_USER, "a password of recovery is given", "name its user");
    }
    user.ifPresent(name -> taker.accept(name, password.orElse(Secret.of(""))));
  }
}
