package dev.handfast.xa.artemis.internal.recover;

import dev.handfast.xa.artemis.internal.client.ArtemisSettings;
import dev.handfast.xa.artemis.internal.client.ArtemisSettingsRules;
import dev.handfast.xa.artemis.internal.client.BrokerClient;
import dev.handfast.xa.artemis.internal.client.BrokerCredentials;
import dev.handfast.xa.artemis.internal.client.BrokerFacts;
import dev.handfast.xa.artemis.internal.client.Failures;
import dev.handfast.xa.artemis.internal.client.XaSession;
import dev.handfast.xa.spi.Finding;
import dev.handfast.xa.spi.ResourceUnavailableException;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import java.util.ArrayList;
import java.util.List;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQSecurityException;
import org.apache.activemq.artemis.jms.client.ActiveMQConnection;
import org.jspecify.annotations.Nullable;

/**
 * Checks what must hold before the first transaction: the users of work and of recovery are let in,
 * to one and the same broker node, of a version whose recovery is sound. A broker lets every user
 * it knows list and finish every branch, so that need not be tried.
 */
public final class BrokerPreflight {

  private static final int SOUND_MAJOR = 2;
  private static final int SOUND_MINOR = 50;

  private final ArtemisSettings settings;
  private final BrokerClient client;
  private final BrokerRecoveryConnection recovery;
  private final List<Finding> findings = new ArrayList<>();

  public BrokerPreflight(BrokerClient client, BrokerRecoveryConnection recovery) {
    this.settings = client.settings();
    this.client = client;
    this.recovery = recovery;
  }

  public List<Finding> check() throws ResourceUnavailableException {
    BrokerFacts seenByWork = checkWork();
    boolean sameCredentials = settings.ownRecovery() == null;
    if (seenByWork == null && sameCredentials) {
      return findings;
    }
    BrokerFacts seenByRecovery = checkRecovery();
    if (seenByWork != null && seenByRecovery != null) {
      checkNode(seenByWork, seenByRecovery);
      checkVersion(seenByWork.version().isEmpty() ? seenByRecovery : seenByWork);
    }
    return findings;
  }

  private @Nullable BrokerFacts checkWork() throws ResourceUnavailableException {
    try {
      XaSession session = client.openXa();
      try {
        return facts(session.connection());
      } finally {
        client.close(session.connection());
      }
    } catch (JMSSecurityException e) {
      findings.add(
          refused(settings.working(), e, "username", "no message can be sent or received"));
      return null;
    } catch (JMSException e) {
      throw new ResourceUnavailableException(String.valueOf(e.getMessage()), e);
    } catch (ActiveMQException e) {
      throw unavailable(e);
    }
  }

  private BrokerFacts facts(ActiveMQConnection connection) throws ActiveMQException {
    BrokerCredentials credentials = settings.working();
    return BrokerFacts.ask(
        connection.getSessionFactory(),
        credentials.userOr(client.factory()),
        credentials.passwordOr(client.factory()),
        settings.callTimeout().toMillis());
  }

  private @Nullable BrokerFacts checkRecovery() throws ResourceUnavailableException {
    try {
      return recovery.facts();
    } catch (ActiveMQSecurityException e) {
      findings.add(
          refused(
              settings.recovery(),
              e,
              settings.ownRecovery() == null ? "username" : "recovery.username",
              "no branch that is in doubt could be resolved"));
      return null;
    } catch (ActiveMQException e) {
      throw unavailable(e);
    }
  }

  private Finding refused(BrokerCredentials credentials, Exception cause, String key, String risk) {
    String prefix = key.substring(0, key.length() - "username".length());
    return Finding.error(
        settings.owner()
            + ": the broker at "
            + settings.maskedUrl()
            + " refused "
            + credentials.shown()
            + " ("
            + Failures.reason(cause)
            + ")",
        risk,
        "correct "
            + ArtemisSettingsRules.key(settings, key)
            + " and "
            + prefix
            + "password or "
            + prefix
            + "password-file");
  }

  private void checkNode(BrokerFacts work, BrokerFacts byRecovery) {
    if (!work.nodeId().equals(byRecovery.nodeId())) {
      findings.add(
          Finding.error(
              settings.owner()
                  + ": work reached broker node '"
                  + work.nodeId()
                  + "' and recovery node '"
                  + byRecovery.nodeId()
                  + "'",
              "recovery looks for branches where they are not",
              "give one URL per broker node, without a load balancer in between"));
    }
  }

  private void checkVersion(BrokerFacts facts) {
    if (facts.version().isEmpty()) {
      findings.add(
          Finding.warning(
              settings.owner() + ": the broker does not tell its version",
              "before 2.50, recovery could roll a live transaction back (ARTEMIS-5806)",
              "let the user manage the address activemq.management, or see that it is 2.50 or"
                  + " newer"));
    } else if (facts.isOlderThan(SOUND_MAJOR, SOUND_MINOR)) {
      findings.add(
          Finding.warning(
              settings.owner() + ": the broker is version " + facts.version(),
              "before 2.50, recovery could roll a live transaction back (ARTEMIS-5806)",
              "update the broker to 2.50 or newer"));
    }
  }

  private ResourceUnavailableException unavailable(ActiveMQException cause) {
    return new ResourceUnavailableException(
        Failures.ofBroker(settings, "could not be reached", cause),
        settings.scrubber().failure(cause));
  }
}
