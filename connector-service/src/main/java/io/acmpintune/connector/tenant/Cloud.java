package io.acmpintune.connector.tenant;

import java.net.URI;

/** Microsoft's clouds. The token's scope names the Graph host of the same cloud. */
enum Cloud {
    GLOBAL("global", "https://login.microsoftonline.com", "https://graph.microsoft.com"),
    US_GOV_L4("us-gov-l4", "https://login.microsoftonline.us", "https://graph.microsoft.us"),
    US_GOV_L5("us-gov-l5", "https://login.microsoftonline.us", "https://dod-graph.microsoft.us"),
    CHINA("china", "https://login.partner.microsoftonline.cn", "https://microsoftgraph.chinacloudapi.cn");

    private final String key;
    private final String login;
    private final String graph;

    Cloud(String key, String login, String graph) {
        this.key = key;
        this.login = login;
        this.graph = graph;
    }

    String key() {
        return key;
    }

    Endpoints endpoints() {
        return new Endpoints(URI.create(login), URI.create(graph));
    }
}
