package dev.handfast.xa.artemis;

import dev.handfast.xa.artemis.internal.client.ArtemisSettings;
import dev.handfast.xa.config.ConfigKey;
import dev.handfast.xa.config.ResourceSection;
import dev.handfast.xa.config.UserKeys;
import dev.handfast.xa.spi.ResourceFactory;
import java.util.List;
import java.util.stream.Stream;

/** Makes broker nodes from {@code handfast.jms.NAME.*}. */
public final class ArtemisResourceFactory implements ResourceFactory {

  private static final List<ConfigKey> KEYS =
      Stream.of(
              List.of(
                  key("url", "text", "", "Mandatory. URL of one broker node, `tcp://host:port`.")),
              UserKeys.WORK,
              List.of(
                  key(
                      "call-timeout",
                      "duration",
                      "5s",
                      "Longest wait for one answer of the broker."),
                  key(
                      "max-sessions",
                      "integer",
                      "20",
                      "Most XA sessions open at a time, 1 to 10000."),
                  key(
                      "acquisition-timeout",
                      "duration",
                      "10s",
                      "Longest wait for a free XA session."),
                  key("client-id", "text", "", "Client id that all connections share.")),
              UserKeys.recovery("User of recovery."),
              List.of(
                  key(
                      "required-at-start",
                      "boolean",
                      "true",
                      "Refuse to start without the broker."),
                  key(
                      "allow-non-persistent",
                      "boolean",
                      "false",
                      "Accept non-persistent messages in transactions; a restart of the broker between"
                          + " prepare and commit loses them."),
                  key(
                      "allow-object-messages",
                      "boolean",
                      "false",
                      "Accept messages with serialised objects; who can send one chooses the classes that"
                          + " are loaded here. Limit them by `deserializationAllowList` in the URL."),
                  key(
                      "allow-auto-delete",
                      "boolean",
                      "false",
                      "Accept queues in transactions that the broker deletes when they are empty and nobody"
                          + " consumes; what a branch in doubt holds there is lost.")))
          .flatMap(List::stream)
          .toList();

  /** For {@link java.util.ServiceLoader}. */
  public ArtemisResourceFactory() {}

  @Override
  public String section() {
    return ArtemisSettings.KIND;
  }

  @Override
  public List<ConfigKey> keys() {
    return KEYS;
  }

  @Override
  public ArtemisResource create(ResourceSection section) {
    ArtemisResource.Builder builder = ArtemisResource.named(section.name());
    section.text("url").ifPresent(builder::url);
    section.text("username").ifPresent(builder::username);
    section.secret("password").ifPresent(builder::password);
    section.duration("call-timeout").ifPresent(builder::callTimeout);
    section.integer("max-sessions").ifPresent(builder::maxSessions);
    section.duration("acquisition-timeout").ifPresent(builder::acquisitionTimeout);
    section.text("client-id").ifPresent(builder::clientId);
    section.bool("required-at-start").ifPresent(builder::requiredAtStart);
    if (section.bool("allow-non-persistent").orElse(false)) {
      builder.allowNonPersistent();
    }
    if (section.bool("allow-object-messages").orElse(false)) {
      builder.allowObjectMessages();
    }
    if (section.bool("allow-auto-delete").orElse(false)) {
      builder.allowAutoDelete();
    }
    UserKeys.readRecovery(section, builder::recovery);
    return builder.build();
  }

  private static ConfigKey key(String name, String type, String defaultValue, String meaning) {
    return new ConfigKey(name, type, defaultValue, meaning);
  }
}
