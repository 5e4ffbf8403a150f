// One OpenSearch node in its own JVM, so that a test can kill it. Run by java's source launcher:
//   java -cp 'lib/*' OsNode.java NAME HTTP_PORT TRANSPORT_PORT FOLDER CLUSTER SEED_HOSTS INITIAL_MANAGERS USERS
// USERS is a folder of files that are named like the processes that use the node. It ends when none of them is alive.
import java.io.File;
import org.codelibs.opensearch.runner.OpenSearchRunner;

public class OsNode {
    public static void main(String[] args) throws Exception {
        final String name = args[0], http = args[1], transport = args[2], folder = args[3], cluster = args[4];
        final String[] seedHosts = args[5].split(","), managers = args[6].split(",");
        final File users = new File(args[7]);
        final Thread watch = new Thread(() -> endWithout(users));
        watch.setDaemon(true);
        watch.start();
        final OpenSearchRunner runner = new OpenSearchRunner();
        runner.setMaxHttpPort(-1); // take the port as given, never probe for a free one
        runner.onBuild((number, settings) -> {
            settings.put("node.name", name);
            settings.put("network.host", "127.0.0.1");
            settings.put("http.port", http);
            settings.put("transport.port", transport);
            settings.put("discovery.type", "zen"); // the runner's default for one node would not join a cluster
            settings.putList("discovery.seed_hosts", seedHosts);
            settings.putList("cluster.initial_cluster_manager_nodes", managers);
            settings.putList("node.roles", "cluster_manager", "data", "ingest");
            settings.put("cluster.routing.allocation.disk.threshold_enabled", false);
            settings.put("indices.breaker.total.use_real_memory", false); // a small heap that is not collected is not full
            settings.put("cluster.max_shards_per_node", 10000); // every test has indexes of its own
            settings.put("action.auto_create_index", false);
        }).build(OpenSearchRunner.newConfigs().basePath(folder).numOfNode(1).clusterName(cluster)
                .baseHttpPort(Integer.parseInt(http) - 1)); // the runner adds the node's number
        while (!runner.isClosed()) {
            Thread.sleep(1000);
        }
    }

    private static void endWithout(File users) {
        while (isUsed(users)) {
            try {
                Thread.sleep(500);
            } catch (InterruptedException e) {
                break;
            }
        }
        Runtime.getRuntime().halt(0); // nobody needs what it holds
    }

    private static boolean isUsed(File users) {
        final String[] names = users.list();
        if (names == null) {
            return false;
        }
        for (String name : names) {
            if (ProcessHandle.of(Long.parseLong(name)).isPresent()) {
                return true;
            }
        }
        return false;
    }
}
