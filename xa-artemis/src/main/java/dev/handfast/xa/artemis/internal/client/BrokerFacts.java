package dev.handfast.xa.artemis.internal.client;

import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientRequestor;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.TopologyMember;
import org.apache.activemq.artemis.api.core.management.ManagementHelper;
import org.apache.activemq.artemis.api.core.management.ResourceNames;
import org.apache.activemq.artemis.core.client.impl.ClientSessionFactoryInternal;
import org.apache.activemq.artemis.core.client.impl.ServerLocatorInternal;
import org.apache.activemq.artemis.core.client.impl.TopologyMemberImpl;
import org.jspecify.annotations.Nullable;

/**
 * The node id and the version that a broker tells.
 *
 * @param nodeId the id that stays the same over restarts; empty if it was not told
 * @param version the version; empty if the user may not ask the management
 */
public record BrokerFacts(String nodeId, String version) {

  private static final Pattern VERSION = Pattern.compile("([0-9]{1,6})\\.([0-9]{1,6})");
  private static final String MANAGEMENT = "activemq.management";

  public static BrokerFacts ask(
      ClientSessionFactory connection,
      @Nullable String user,
      @Nullable String password,
      long timeoutMillis)
      throws ActiveMQException {
    try (ClientSession session =
        connection.createSession(user, password, false, true, true, false, 0)) {
      session.start();
      String nodeId = attribute(session, "nodeID", timeoutMillis);
      String version = attribute(session, "version", timeoutMillis);
      return new BrokerFacts(
          nodeId.isEmpty() ? nodeIdOfTopology(connection, timeoutMillis) : nodeId, version);
    }
  }

  /** Asks for an attribute of the broker; empty if the user may not ask. */
  private static String attribute(ClientSession session, String name, long timeoutMillis)
      throws ActiveMQException {
    return answer(
        session,
        request -> ManagementHelper.putAttribute(request, ResourceNames.BROKER, name),
        timeoutMillis);
  }

  /** Asks the broker's management; empty if the user may not ask. */
  private static String answer(ClientSession session, Question question, long timeoutMillis)
      throws ActiveMQException {
    try (ClientRequestor requestor = new ClientRequestor(session, MANAGEMENT)) {
      // Durable, so that a refusal comes back instead of no answer.
      ClientMessage request = session.createMessage(true);
      question.putInto(request);
      ClientMessage answer = requestor.request(request, timeoutMillis);
      return answer != null && ManagementHelper.hasOperationSucceeded(answer)
          ? String.valueOf(ManagementHelper.getResult(answer, String.class))
          : "";
    } catch (ActiveMQException e) {
      if (session.isClosed()) {
        throw e;
      }
      return "";
    } catch (Exception e) {
      return "";
    }
  }

  /** Asks for the settings of an address; empty if the user may not ask. */
  public static Optional<BrokerAddressSettings> address(
      ClientSession session, String name, long timeoutMillis) throws ActiveMQException {
    String json =
        answer(
            session,
            request ->
                ManagementHelper.putOperationInvocation(
                    request, ResourceNames.BROKER, "getAddressSettingsAsJSON", name),
            timeoutMillis);
    return json.isEmpty() ? Optional.empty() : Optional.of(BrokerAddressSettings.parse(json));
  }

  private static String nodeIdOfTopology(ClientSessionFactory connection, long timeoutMillis) {
    ClientSessionFactoryInternal internal = (ClientSessionFactoryInternal) connection;
    String primary = internal.getPrimaryNodeId();
    if (primary != null) {
      return primary;
    }
    internal.waitForTopology(timeoutMillis, TimeUnit.MILLISECONDS);
    Collection<TopologyMemberImpl> members =
        ((ServerLocatorInternal) connection.getServerLocator()).getTopology().getMembers();
    return members.size() == 1
        ? members.stream().map(TopologyMember::getNodeId).findFirst().orElse("")
        : "";
  }

  private interface Question {
    void putInto(ClientMessage request) throws Exception;
  }

  /** Returns true if the version is known and older. */
  public boolean isOlderThan(int major, int minor) {
    Matcher numbers = VERSION.matcher(version);
    if (!numbers.lookingAt()) {
      return false;
    }
    int theirs = Integer.parseInt(numbers.group(1));
    return theirs < major || (theirs == major && Integer.parseInt(numbers.group(2)) < minor);
  }
}
