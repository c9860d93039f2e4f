package dev.handfast.xa.jdbc;

import dev.handfast.xa.config.ConfigKey;
import dev.handfast.xa.config.ResourceSection;
import dev.handfast.xa.config.UserKeys;
import dev.handfast.xa.jdbc.internal.settings.JdbcSettings;
import dev.handfast.xa.spi.ResourceFactory;
import java.util.List;
import java.util.stream.Stream;

/** Makes the definitions of databases from {@code handfast.datasource.NAME.*}. */
public final class JdbcResourceFactory implements ResourceFactory {

  private static final List<ConfigKey> KEYS =
      Stream.of(
              List.of(key("url", "text", "", "JDBC URL of the database; mandatory.")),
              UserKeys.WORK,
              List.of(
                  key("max-size", "integer", "20", "Most connections open at a time, 1 to 10000."),
                  key(
                      "min-size",
                      "integer",
                      "0",
                      "Connections kept open when idle, 0 to `max-size`."),
                  key(
                      "acquisition-timeout",
                      "duration",
                      "10s",
                      "Longest wait for a free connection.")),
              UserKeys.recovery("User of recovery; sees all branches."),
              List.of(
                  key(
                      "required-at-start",
                      "boolean",
                      "true",
                      "Refuse to start without the database."),
                  key(
                      "allow-h2-server",
                      "boolean",
                      "false",
                      "Accept H2 server mode; commits get lost.")))
          .flatMap(List::stream)
          .toList();

  /** Is called by {@link java.util.ServiceLoader}. */
  public JdbcResourceFactory() {}

  @Override
  public String section() {
    return JdbcSettings.KIND;
  }

  @Override
  public List<ConfigKey> keys() {
    return KEYS;
  }

  @Override
  public JdbcResource create(ResourceSection section) {
    JdbcResource.Builder builder = JdbcResource.named(section.name());
    section.text("url").ifPresent(builder::url);
    section.text("username").ifPresent(builder::username);
    section.secret("password").ifPresent(builder::password);
    section.integer("max-size").ifPresent(builder::maxSize);
    section.integer("min-size").ifPresent(builder::minSize);
    section.duration("acquisition-timeout").ifPresent(builder::acquisitionTimeout);
    section.bool("required-at-start").ifPresent(builder::requiredAtStart);
    if (section.bool("allow-h2-server").orElse(false)) {
      builder.allowH2Server();
    }
    UserKeys.readRecovery(section, builder::recovery);
    return builder.build();
  }

  private static ConfigKey key(String name, String type, String defaultValue, String meaning) {
    return new ConfigKey(name, type, defaultValue, meaning);
  }
}
