package dev.handfast.xa.artemis.internal.client;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import org.apache.activemq.artemis.api.core.Interceptor;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.apache.activemq.artemis.core.protocol.core.impl.ActiveMQClientProtocolManager;
import org.apache.activemq.artemis.core.protocol.core.impl.ActiveMQClientProtocolManagerFactory;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.remoting.ClientProtocolManager;
import org.apache.activemq.artemis.spi.core.remoting.Connection;
import org.apache.activemq.artemis.spi.core.remoting.TopologyResponseHandler;
import org.jspecify.annotations.Nullable;

/**
 * Has the client speak its protocol over connections that leave the calling thread clean. The
 * client writes each packet on the thread that has something to say, whichever of its objects the
 * application calls, and this is what all of them write to.
 */
final class CleanTransport extends ActiveMQClientProtocolManagerFactory {

  private CleanTransport() {}

  /** Has the connections of a client be such ones, where that lets a class loader be freed. */
  static void use(ServerLocator client) {
    if (NettysOrigin.isTheApplication()) {
      client.setProtocolManagerFactory(new CleanTransport());
    }
  }

  @Override
  public ClientProtocolManager newProtocolManager() {
    return new CleanProtocol();
  }

  private static final class CleanProtocol extends ActiveMQClientProtocolManager {

    @Override
    public RemotingConnection connect(
        Connection transport,
        long callTimeout,
        long callFailoverTimeout,
        List<Interceptor> incoming,
        List<Interceptor> outgoing,
        TopologyResponseHandler topology) {
      return super.connect(
          CleanConnection.of(transport),
          callTimeout,
          callFailoverTimeout,
          incoming,
          outgoing,
          topology);
    }
  }

  private record CleanConnection(Connection real) implements InvocationHandler {

    static Connection of(Connection real) {
      return (Connection)
          Proxy.newProxyInstance(
              Connection.class.getClassLoader(),
              new Class<?>[] {Connection.class},
              new CleanConnection(real));
    }

    @Override
    public @Nullable Object invoke(
        Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
      if (method.getName().equals("equals") && arguments != null) {
        return proxy == arguments[0];
      }
      return CallersThread.<Optional<Object>, Throwable>leftClean(
              () -> Optional.ofNullable(call(method, arguments)))
          .orElse(null);
    }

    private @Nullable Object call(Method method, @Nullable Object @Nullable [] arguments)
        throws Throwable {
      try {
        return method.invoke(real, arguments);
      } catch (InvocationTargetException e) {
        throw e.getTargetException();
      }
    }
  }
}
